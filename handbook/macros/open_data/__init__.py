"""What an edition gives away as data: tables of its records, and the page that says where they are."""
