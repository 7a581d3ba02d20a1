package jp.musubi.approval;

import java.util.List;
import jp.musubi.platform.web.Chip;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * 承認 on one page: what is to be approved, what was decided, who has approved.
 *
 * @param path of this page
 * @param now how it stands
 * @param comparison 一致・不一致・未比較; null when there is no approval
 * @param steps the route, with who has approved when
 * @param refusal why what was pressed was not done
 */
record ApprovalPage(
    String path,
    String contract,
    String title,
    String number,
    List<Crumb> crumbs,
    Chip chip,
    Text now,
    @Nullable Text refusal,
    List<Fact> facts,
    @Nullable Chip comparison,
    List<Fact> decided,
    List<StepLine> steps,
    Doing doing,
    List<Sheet> sheets) {

  /**
   * One seat of a step.
   *
   * @param step 1、2、3…
   * @param rule message key: everybody of the step, or one
   * @param who holds the post today, or what to do when nobody does
   * @param given who approved and when; empty while awaited
   */
  record StepLine(int step, String rule, String post, String who, String given, boolean current) {}

  /**
   * What the reader may do.
   *
   * @param approval key of the approval the forms are about
   * @param approve whether the reader may approve now
   * @param sendBack whether the reader may return it now
   * @param instead whose seat a stand-in takes; empty for one's own
   * @param ask where approval is asked for, if it can be
   * @param reroute where another route is chosen, if it can be
   */
  record Doing(
      @Nullable String approval,
      boolean approve,
      boolean sendBack,
      boolean recall,
      String instead,
      @Nullable String ask,
      @Nullable String reroute,
      String approveKey,
      String returnKey,
      String recallKey,
      Field comment) {

    /** For the summary of what is wrong. */
    public List<Field> fields() {
      return List.of(comment);
    }
  }

  /** One page of the document. */
  record Sheet(int number) {}
}
