package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.platform.web.Field;
import org.jspecify.annotations.Nullable;

/**
 * 契約書と附属書類.
 *
 * @param path of the contract
 * @param draft whether what is part of the contract may still change
 * @param clerk whether the reader handles the contract
 * @param groups by how they belong to it
 * @param wrong files that were just refused
 * @param fields of the form that adds some
 */
record FilesPage(
    String path,
    String title,
    boolean draft,
    boolean clerk,
    String document,
    String documentPages,
    List<Group> groups,
    List<Wrong> wrong,
    List<Field> fields,
    String key,
    String total) {

  /** The field of that name. */
  public Field field(String name) {
    return FormPage.field(fields, name);
  }

  /** Whether files may be added. */
  public boolean adds() {
    return clerk;
  }

  /**
   * Files of one role.
   *
   * @param role the last part of message keys
   */
  record Group(String role, boolean changes, List<Line> lines) {}

  /**
   * A file.
   *
   * @param path its page
   * @param pages where it is bound, or how many it has; null where nobody knows
   */
  record Line(
      String path, String name, String kind, String size, @Nullable String pages, String sha256) {}

  /** A file that was refused. */
  record Wrong(String name, List<String> reasons) {}
}
