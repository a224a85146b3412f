"""How the demo is made up: dates, people, their stories, and what the owner did about each. Pure, and seeded."""
