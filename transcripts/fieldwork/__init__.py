"""Cases, people, sources and questions: what tables say of them."""
