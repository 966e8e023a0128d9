"""What leaves: ZIPs for operators and printers, checked again, handed over, recalled."""
