"""What a received message is and says. Pure: bytes in, plain values out, nothing of it ever raises."""
