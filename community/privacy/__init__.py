"""What the house holds of a person: handed over as a file, or erased from everywhere."""
