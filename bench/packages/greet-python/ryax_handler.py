def handle(inputs):
    return {"greeting": f"Hello {inputs['name']}!"}
