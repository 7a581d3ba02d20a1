package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.staff.Proving;
import org.jspecify.annotations.Nullable;

/**
 * Where the holder of an office signs.
 *
 * @param name in whose name: 上毛市長 見本 太郎
 * @param before who agreed before, and how they were identified
 * @param sha256 digest of the bytes that will be signed
 * @param proof how the person proves themselves by the body's ID; null where a password does
 */
record SignaturePage(
    String path,
    String title,
    String number,
    String name,
    List<Fact> facts,
    List<ShowPage.Signer> before,
    String sha256,
    List<ShowPage.Sheet> sheets,
    String key,
    List<Field> fields,
    @Nullable Proving proof) {

  /** The field of that name. */
  public Field field(String name) {
    return FormPage.field(fields, name);
  }
}
