"""What is edited before it is published: change sets, and what people say and decide about them."""
