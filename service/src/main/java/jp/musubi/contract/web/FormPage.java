package jp.musubi.contract.web;

import java.util.List;
import java.util.NoSuchElementException;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Step;

/**
 * One step of 契約を作る as a form.
 *
 * @param path where the form goes
 * @param back where the step before is
 */
record FormPage(String path, String back, List<Step> steps, List<Field> fields) {

  /** The field of that name. */
  public Field field(String name) {
    return field(fields, name);
  }

  static Field field(List<Field> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("field " + name));
  }
}
