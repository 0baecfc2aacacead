"""Those who hold other benefits than dibao: who they are, what is known of them, and the lists in which they come and go."""
