package jp.musubi.mandate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.musubi.contract.ContractKind;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * The form of a 委任.
 *
 * @param appointing whoever appoints a 復代理人, in a line; null for a first 委任, where they are typed
 * @param hidden what goes with the form unseen
 */
record MandatePage(
    String heading,
    List<Crumb> crumbs,
    Text lead,
    @Nullable Text refusal,
    String path,
    String back,
    String submit,
    @Nullable Text appointing,
    List<Field> principal,
    List<Field> agent,
    List<Field> powers,
    List<Field> kinds,
    List<Field> bounds,
    List<Field> period,
    List<Field> paper,
    List<Field> last,
    Map<String, String> hidden) {

  /** All fields, for the summary of what is wrong. */
  public List<Field> all() {
    return Stream.of(principal, agent, powers, kinds, bounds, period, paper, last)
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The page's parts.
   *
   * @param kept whether a 委任状 is there already, so that none has to be chosen
   * @param sure whether to ask whether the same 委任状 is meant once more
   * @param reason whether to ask why it is corrected
   */
  static MandatePage of(
      MandateForm form,
      Frame frame,
      boolean kept,
      boolean sure,
      boolean reason,
      Map<String, Text> wrong,
      @Nullable Text appointing,
      Map<String, String> hidden) {
    return new MandatePage(
        frame.heading(),
        frame.crumbs(),
        frame.lead(),
        frame.refusal(),
        frame.path(),
        frame.back(),
        frame.submit(),
        appointing,
        appointing == null
            ? List.of(
                line(form, wrong, "principalTitle", "mandate.principal.title", false),
                line(form, wrong, "principalName", "mandate.principal.name", true))
            : List.of(),
        List.of(
            line(form, wrong, "agentOffice", "mandate.agent.office", false),
            line(form, wrong, "agentTitle", "mandate.agent.title", false),
            line(form, wrong, "agentName", "mandate.agent.name", true),
            line(form, wrong, "agentMail", "mandate.agent.mail", true).drawn(Field.Look.MAIL)),
        Arrays.stream(Power.values())
            .filter(power -> appointing == null || power != Power.SUBSTITUTE)
            .map(power -> tick(form, wrong, MandateForm.POWER + power, "mandate.power." + power))
            .toList(),
        Arrays.stream(ContractKind.values())
            .map(kind -> tick(form, wrong, MandateForm.KIND + kind, "contract.kind." + kind))
            .toList(),
        List.of(
            line(form, wrong, "most", "mandate.most", false).drawn(Field.Look.MONEY),
            line(form, wrong, "single", "mandate.single", false)),
        List.of(
            line(form, wrong, "from", "mandate.from", true).drawn(Form.DAY),
            line(form, wrong, "until", "mandate.until", true).drawn(Form.DAY)),
        List.of(
            line(form, wrong, "paperNumber", "mandate.paper.number", false),
            line(form, wrong, "paperOn", "mandate.paper.on", true).drawn(Form.DAY),
            (kept
                    ? Field.optional("file", "mandate.paper.file").hinted("mandate.paper.file.kept")
                    : Field.required("file", "mandate.paper.file")
                        .hinted("mandate.paper.file.hint"))
                .drawn(Field.Look.PDF)
                .wrong(wrong.get("file"))),
        last(form, sure, reason, wrong),
        hidden);
  }

  /** What stands around the fields. */
  record Frame(
      String heading,
      List<Crumb> crumbs,
      Text lead,
      @Nullable Text refusal,
      String path,
      String back,
      String submit) {}

  private static List<Field> last(
      MandateForm form, boolean sure, boolean reason, Map<String, Text> wrong) {
    var fields = new ArrayList<Field>();
    if (reason) {
      fields.add(line(form, wrong, "reason", "mandate.reason", true));
    }
    if (sure) {
      fields.add(
          Field.optional("sure", "mandate.sure").drawn(Form.TICK).hinted("mandate.sure.hint"));
    }
    return fields;
  }

  private static Field line(
      MandateForm form, Map<String, Text> wrong, String name, String label, boolean required) {
    return (required ? Field.required(name, label) : Field.optional(name, label))
        .hinted(label + ".hint")
        .with(form.value(name))
        .wrong(wrong.get(name));
  }

  private static Field tick(MandateForm form, Map<String, Text> wrong, String name, String label) {
    return Field.optional(name, label)
        .drawn(Form.TICK)
        .with(form.value(name))
        .wrong(wrong.get(name));
  }
}
