"""As much of JSON Schema as docs/json uses; a keyword that is not known here is an error, not a pass."""
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
KNOWN = {"$schema", "title", "description", "type", "properties", "required", "additionalProperties", "items", "enum",
         "anyOf"}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def problems(value, schema, path="$"):
    """What is wrong with the value, one line each."""
    unknown = set(schema) - KNOWN
    assert not unknown, f"{path}: the validator does not know {unknown}"
    if "anyOf" in schema:
        found = [problems(value, one, path) for one in schema["anyOf"]]
        return [] if [] in found else min(found, key=len)
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(is_type(value, name) for name in types):
        return [f"{path}: {value!r} is no {' or '.join(types)}"]
    out = []
    if "enum" in schema and value not in schema["enum"]:
        out.append(f"{path}: {value!r} is none of {schema['enum']}")
    if isinstance(value, list):
        for n, item in enumerate(value):
            out += problems(item, schema["items"], f"{path}[{n}]")
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        out += [f"{path}: {name} is missing" for name in schema.get("required", []) if name not in value]
        for name, item in value.items():
            more = schema.get("additionalProperties", True)
            if name in properties:
                out += problems(item, properties[name], f"{path}.{name}")
            elif more is False:
                out.append(f"{path}: {name} is not in the schema")
            elif more is not True:
                out += problems(item, more, f"{path}.{name}")
    return out
