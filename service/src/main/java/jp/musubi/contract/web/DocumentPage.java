package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Step;
import org.jspecify.annotations.Nullable;

/**
 * 契約を作る, step 1: the document.
 *
 * @param path where the form goes
 * @param cancel where giving up leads
 * @param fileName of the upload that was refused
 * @param findings why it was refused; empty if nothing was
 * @param archival whether the draft's document is PDF/A; null before there is one
 */
record DocumentPage(
    String path,
    String cancel,
    String key,
    List<Step> steps,
    List<Field> fields,
    String fileName,
    List<Reason> findings,
    ArchivalWords.@Nullable Said archival) {

  /** The field of that name. */
  public Field field(String name) {
    return FormPage.field(fields, name);
  }

  /**
   * One reason why a file was refused.
   *
   * @param page where in the document, if in one place
   * @param what the reason and what to do, in words
   */
  record Reason(@Nullable Integer page, String what) {}
}
