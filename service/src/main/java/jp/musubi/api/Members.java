package jp.musubi.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import jp.musubi.platform.web.FormReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JSONの項目, read strictly: what has another type, or nobody asked for, is wrong. A misspelled member
 * must not be one that is silently left out of a contract.
 */
final class Members {
  private final JsonNode object;
  private final String at;
  private final FormReader reader;
  private final Set<String> asked = new HashSet<>();

  /**
   * The members of an object.
   *
   * @param at where it lies, as messages name it; empty or with a dot at its end
   */
  Members(JsonNode object, String at, FormReader reader) {
    this.object = object;
    this.at = at;
    this.reader = reader;
  }

  /** Where a member lies. */
  String place(String name) {
    return at + name;
  }

  /** A text; null where there is none. */
  @Nullable String text(String name) {
    var node = member(name);
    if (node == null) {
      return null;
    }
    if (!node.isString()) {
      reader.reject(place(name), "api.wrong.text");
      return null;
    }
    return node.stringValue();
  }

  /** A whole number that is not negative; empty where there is none. */
  OptionalLong number(String name) {
    var node = member(name);
    if (node == null) {
      return OptionalLong.empty();
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      reader.reject(place(name), "api.wrong.number");
      return OptionalLong.empty();
    }
    return OptionalLong.of(node.longValue());
  }

  /** True or false; false where there is none. */
  boolean flag(String name) {
    var node = member(name);
    if (node != null && !node.isBoolean()) {
      reader.reject(place(name), "api.wrong.flag");
    }
    return node != null && node.asBoolean(false);
  }

  /** One of the names of an enum; null where there is none, or it is none of them. */
  <E extends Enum<E>> @Nullable E choice(String name, Class<E> of) {
    var text = text(name);
    if (text == null) {
      return null;
    }
    for (var each : of.getEnumConstants()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    var names = new ArrayList<String>();
    for (var each : of.getEnumConstants()) {
      names.add(each.name());
    }
    reader.reject(place(name), "api.wrong.choice", String.join(", ", names));
    return null;
  }

  /** The objects of an array. */
  List<Members> objects(String name) {
    var node = member(name);
    if (node == null) {
      return List.of();
    }
    var found = new ArrayList<Members>();
    if (!node.isArray()) {
      reader.reject(place(name), "api.wrong.array");
      return List.of();
    }
    for (var each : node) {
      var place = "%s[%d]".formatted(place(name), found.size());
      if (!each.isObject()) {
        reader.reject(place, "api.wrong.object");
      }
      found.add(new Members(each, place + ".", reader));
    }
    return List.copyOf(found);
  }

  /** Refuses whatever was not asked for. */
  void nothingElse() {
    for (var name : object.propertyNames()) {
      if (!asked.contains(name)) {
        reader.reject(place(name.substring(0, Math.min(name.length(), 50))), "api.wrong.unknown");
      }
    }
  }

  private @Nullable JsonNode member(String name) {
    asked.add(name);
    var node = object.get(name);
    return node == null || node.isNull() ? null : node;
  }
}
