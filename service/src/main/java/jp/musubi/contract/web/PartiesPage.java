package jp.musubi.contract.web;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.musubi.contract.Lineup;
import jp.musubi.organisation.Office;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Step;
import jp.musubi.platform.web.Text;

/**
 * 契約を作る, step 2: the counterparties, each a card, and the office.
 *
 * @param path where the form goes
 * @param back where the step before is
 * @param full whether no counterparty can be added
 * @param office the body's own part
 */
record PartiesPage(
    String path,
    String back,
    List<Step> steps,
    List<Card> cards,
    boolean full,
    List<Field> office) {

  /**
   * One counterparty.
   *
   * @param number from 1
   * @param sms whether a number may be sent by SMS
   * @param special whether something is filled in that most contracts do without
   */
  record Card(int number, boolean sms, boolean special, List<Field> fields) {

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
      Words words) {
    var cards =
        IntStream.rangeClosed(1, form.counterparties().size())
            .mapToObj(
                number -> card(form.counterparties().get(number - 1), number, ways, wrong, words))
            .toList();
    return new PartiesPage(
        contract + "/parties",
        contract + "/document",
        Making.at(1),
        cards,
        cards.size() == Lineup.MOST,
        form.officeFields(offices, wrong, words));
  }

  private static Card card(
      CounterpartyForm form,
      int number,
      CounterpartyForm.Ways ways,
      Map<String, Text> wrong,
      Words words) {
    var venture = form.venture() != null && !form.venture().isBlank();
    var special =
        venture
            || !"AUTHORITY".equals(form.capacity())
            || wrong.containsKey("venture-" + number)
            || wrong.containsKey("capacity-" + number);
    return new Card(number, ways.asksForPhone(), special, form.fields(number, ways, wrong, words));
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
