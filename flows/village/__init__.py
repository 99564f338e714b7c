"""The village for everybody who lives there: choosing it, its page, and is this officer genuine."""
