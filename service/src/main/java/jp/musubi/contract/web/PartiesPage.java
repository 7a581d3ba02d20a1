package jp.musubi.contract.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.musubi.contract.Arrangement;
import jp.musubi.contract.Lineup;
import jp.musubi.contract.Mandates;
import jp.musubi.organisation.Office;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Step;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * 契約を作る, step 2: the counterparties, each a card, and the office.
 *
 * @param path where the form goes
 * @param back where the step before is
 * @param full whether no counterparty can be added
 * @param office the body's own part
 * @param arrangements those that may be chosen; null where the body keeps none
 * @param arrangement what the form stands on
 */
record PartiesPage(
    String path,
    String back,
    List<Step> steps,
    List<Card> cards,
    boolean full,
    List<Field> office,
    @Nullable Field arrangements,
    @Nullable Chosen arrangement) {

  /**
   * An arrangement that was chosen.
   *
   * @param recipients who is given the document without signing, in one line; may be empty
   */
  record Chosen(String key, String name, String recipients) {}

  /**
   * One counterparty.
   *
   * @param number from 1
   * @param sms whether a number may be sent by SMS
   * @param own whether it may be asked for a signature of its own
   * @param special whether something is filled in that most contracts do without
   * @param label what an arrangement says of it; may be empty
   * @param member whether an arrangement wants the name of a joint venture
   * @param acts whether the body knows 委任 of it, of which one can be chosen
   */
  record Card(
      int number,
      boolean sms,
      boolean special,
      boolean own,
      String label,
      boolean member,
      boolean acts,
      List<Field> fields) {

    /** The field of that name, without the card's number. */
    public Field field(String name) {
      return FormPage.field(fields, name + "-" + number);
    }
  }

  static PartiesPage of(
      String contract,
      PartiesForm form,
      List<Office> offices,
      Map<String, Text> wrong,
      CounterpartyForm.Ways ways,
      Optional<Arrangement> chosen,
      List<Arrangement> offered,
      Function<String, List<Mandates.Offered>> mandates,
      Words words) {
    var slots = chosen.map(Arrangement::slots).orElse(List.of());
    var cards =
        IntStream.rangeClosed(1, form.counterparties().size())
            .mapToObj(number ->
                card(
                    form.counterparties().get(number - 1),
                    number,
                    number <= slots.size() ? slots.get(number - 1) : null,
                    ways,
                    mandates,
                    wrong,
                    words))
            .toList();
    return new PartiesPage(
        contract + "/parties",
        contract + "/document",
        Making.at(1),
        cards,
        cards.size() == Lineup.MOST,
        form.officeFields(offices, wrong, words),
        offered.isEmpty() ? null : form.arrangements(offered, words),
        chosen
            .map(each ->
                new Chosen(each.id().toString(), each.name(), String.join("、", each.recipients())))
            .orElse(null));
  }

  private static Card card(
      CounterpartyForm form,
      int number,
      Arrangement.@Nullable Slot slot,
      CounterpartyForm.Ways ways,
      Function<String, List<Mandates.Offered>> mandates,
      Map<String, Text> wrong,
      Words words) {
    var acting = mandates.apply(Objects.toString(form.organisation(), ""));
    var venture = form.venture() != null && !form.venture().isBlank();
    var member = slot != null && slot.member();
    var special =
        venture
            || member
            || !"AUTHORITY".equals(form.capacity())
            || form.signsItself()
            || wrong.containsKey("own-" + number)
            || wrong.containsKey("venture-" + number)
            || !acting.isEmpty()
            || wrong.containsKey("capacity-" + number);
    return new Card(
        number,
        ways.asksForPhone(),
        special,
        ways.ownSignatures() || form.signsItself(),
        slot == null ? "" : slot.label(),
        member && !venture,
        !acting.isEmpty() || wrong.containsKey("mandate-" + number),
        form.fields(number, ways, acting, wrong, words));
  }

  /** All fields, for the summary of what is wrong. */
  public List<Field> fields() {
    return Stream.concat(cards.stream().flatMap(card -> card.fields().stream()), office.stream())
        .toList();
  }

  /** 一者署名: whether the body signs alone. */
  public boolean isAlone() {
    return cards.isEmpty();
  }

  /** The field of that name in the body's own part. */
  public Field field(String name) {
    return FormPage.field(office, name);
  }
}
