"""The demo study: fiction. What is said in it was said by nobody, and the workplaces do not exist."""
