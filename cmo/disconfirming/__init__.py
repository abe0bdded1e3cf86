"""Looking for what disconfirms: where the theory stands on too little, what to read next, what to ask next."""
