"""The wiki: pages that members write together, each at a path of its wiki."""
