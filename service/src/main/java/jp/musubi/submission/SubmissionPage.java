package jp.musubi.submission;

import java.util.List;
import jp.musubi.platform.web.Chip;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * 提出の依頼の画面, as it is shown: what is asked for a contract.
 *
 * @param path of this page
 * @param contract path of the contract
 */
record SubmissionPage(
    String path, String contract, String title, List<SubmissionPage.Asked> asked) {

  /**
   * What is asked of one counterparty.
   *
   * @param name as printed; empty when that is no party any more
   * @param link how it stands with the link that was mailed
   * @param asks whether it can be asked now
   */
  record Asked(int place, String name, String mail, Text link, boolean asks, List<Row> rows) {}

  /**
   * One document.
   *
   * @param path of what was handed in; null while nothing was
   * @param removes whether the question can be taken back
   */
  record Row(
      String id,
      String name,
      String note,
      String purpose,
      boolean mandatory,
      Text due,
      boolean late,
      Chip chip,
      @Nullable String file,
      @Nullable String path,
      boolean removes) {}

  /** A page of a file that can be looked at. */
  record Sheet(int number) {}

  /**
   * What was handed in for one document.
   *
   * @param base path of it
   * @param waits whether it can be taken
   * @param as what it can be taken as; empty where there is no choice
   * @param standing key of the file that was shown: what is done is done to that one
   * @param earlier what came before it, and what became of that
   */
  record Seen(
      String base,
      String back,
      String name,
      String note,
      Chip chip,
      List<Fact> facts,
      String sha256,
      String standing,
      boolean waits,
      List<Field> as,
      Field reason,
      List<String> wrong,
      List<Text> earlier,
      List<Sheet> sheets) {

    /** Inputs that may be wrong, for the summary. */
    public List<Field> problems() {
      return List.of(reason);
    }
  }
}
