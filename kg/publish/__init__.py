"""The graph on the web: each thing at its IRI, a read-only SPARQL endpoint, pages for people.

``make_app`` gives the ASGI application, ``serve`` runs it; ``kg.publish.pages`` holds what is written for people.  What
needs the web libraries is imported where it is used, so that static publishing works without them.
"""
