"""Search in all sources. From what is asked to what is found: query, forms, filters, matching, finding."""
