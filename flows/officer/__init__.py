"""What somebody does who holds an office: the page of the village, its contacts, other officers."""
