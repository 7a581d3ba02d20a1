package jp.musubi.api;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A value held against a schema of the document (JSON Schema 2020-12, as much of it as we use).
 * What it does not know is an error, so that no word of the document goes unchecked.
 */
final class Schema {
  private static final Set<String> KNOWN =
      Set.of(
          "$ref",
          "type",
          "enum",
          "required",
          "properties",
          "additionalProperties",
          "items",
          "minItems",
          "maxItems",
          "pattern",
          "format",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "default",
          "contentMediaType",
          "description");

  private final JsonNode document;
  private final List<String> wrong = new ArrayList<>();

  private Schema(JsonNode document) {
    this.document = document;
  }

  /** What of the value is not as the schema says. */
  static List<String> wrong(JsonNode document, JsonNode schema, JsonNode value) {
    var check = new Schema(document);
    check.check(schema, value, "$");
    return check.wrong;
  }

  /** What a pointer of the document leads to. */
  static JsonNode resolved(JsonNode document, JsonNode node) {
    return node.has("$ref")
        ? resolved(document, document.at(node.get("$ref").stringValue().substring(1)))
        : node;
  }

  private void check(JsonNode given, JsonNode value, String at) {
    var schema = resolved(document, given);
    for (var word : schema.propertyNames()) {
      insist(KNOWN.contains(word), at, "the document says " + word);
    }
    var types = new ArrayList<String>();
    if (schema.path("type").isArray()) {
      schema.get("type").forEach(type -> types.add(type.stringValue()));
    } else if (schema.has("type")) {
      types.add(schema.get("type").stringValue());
    }
    insist(types.isEmpty() || types.contains(type(value)), at, "is a " + type(value));
    if (schema.has("enum")) {
      var found = false;
      for (var each : schema.get("enum")) {
        found |= each.equals(value);
      }
      insist(found, at, "is none of the choices: " + value);
    }
    if (value.isString()) {
      text(schema, value.stringValue(), at);
    } else if (value.isNumber()) {
      insist(
          !schema.has("minimum") || value.longValue() >= schema.get("minimum").longValue(),
          at,
          "is too small");
    } else if (value.isArray()) {
      for (var i = 0; i < value.size(); i++) {
        check(schema.get("items"), value.get(i), at + "[" + i + "]");
      }
    } else if (value.isObject()) {
      object(schema, value, at);
    }
  }

  private void object(JsonNode schema, JsonNode value, String at) {
    for (var name : schema.path("required")) {
      insist(value.has(name.stringValue()), at, "lacks " + name);
    }
    for (var name : value.propertyNames()) {
      var known = schema.path("properties").has(name);
      insist(known || !schema.has("additionalProperties"), at, "has " + name);
      if (known) {
        check(schema.get("properties").get(name), value.get(name), at + "." + name);
      }
    }
  }

  private void text(JsonNode schema, String text, String at) {
    if (schema.has("pattern")) {
      insist(text.matches(schema.get("pattern").stringValue()), at, "is not of the pattern");
    }
    if (schema.has("format")) {
      try {
        switch (schema.get("format").stringValue()) {
          case "uuid" -> UUID.fromString(text);
          case "date" -> LocalDate.parse(text);
          case "date-time" -> Instant.parse(text);
          case "uri-reference" -> URI.create(text);
          case "email" -> insist(text.contains("@"), at, "is no mail address");
          default -> insist(false, at, "has an unknown format");
        }
      } catch (DateTimeException | IllegalArgumentException e) {
        insist(false, at, "is no " + schema.get("format") + ": " + text);
      }
    }
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case ARRAY -> "array";
      case OBJECT -> "object";
      default -> "nothing";
    };
  }

  private void insist(boolean right, String at, String what) {
    if (!right) {
      wrong.add(at + " " + what);
    }
  }
}
