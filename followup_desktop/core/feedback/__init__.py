"""Listening: questions, answers, themes, reviews, longer talks."""
