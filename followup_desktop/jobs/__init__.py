"""What happens again and again in the background."""
