package jp.musubi.register;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import jp.musubi.contract.Phase;
import jp.musubi.platform.JapaneseDates;

/**
 * A {@link RegisterQuery} as SQL over contract {@code c}: fixed texts, joined by {@code and}, and
 * what they are bound to. Nothing that was typed is ever part of a text.
 */
final class Conditions {
  /** Of what kind the party is that has to agree next; null while nobody is. */
  static final String NEXT =
      """
      (select o.kind from party o
        where o.tenant_id = c.tenant_id and o.contract_id = c.id
          and not exists (select from agreement g
                           where g.tenant_id = o.tenant_id and g.party_id = o.id)
        order by o.turn, o.kind, o.ordinal limit 1)\
      """;

  private static final String VALUE =
      "exists (select from register_value v where v.tenant_id = c.tenant_id"
          + " and v.contract_id = c.id and v.item_id = :%s and %s)";

  private final List<String> texts = new ArrayList<>();
  private final Map<String, Object> values = new HashMap<>();

  private Conditions() {}

  /** What of a query has to be folded as what is stored was folded. */
  static List<String> toFold(RegisterQuery query) {
    var words = new LinkedHashSet<>(query.words());
    words.add(query.title());
    words.add(query.counterparty());
    words.add(query.number());
    for (var item : query.items()) {
      if (item instanceof RegisterQuery.ItemCondition.Contains(_, var sought)) {
        words.add(sought);
      }
    }
    return List.copyOf(words);
  }

  /** What has to stand in 件名, 番号 or 相手方; a word that may stand in the file, too, does not. */
  static List<String> letters(RegisterQuery query, UnaryOperator<String> folded) {
    var words = new ArrayList<>(List.of(query.title(), query.counterparty(), query.number()));
    if (!query.fullText()) {
      words.addAll(query.words());
    }
    return words.stream().map(folded).distinct().toList();
  }

  /**
   * The conditions.
   *
   * @param folded what the words are in folded letters
   * @param sections the section that is asked for and all below it
   */
  static Conditions of(RegisterQuery query, UnaryOperator<String> folded, UUID[] sections) {
    var all = new Conditions();
    all.words(query, folded);
    query
        .section()
        .ifPresent(
            _ -> all.add("c.section_id = any(cast(:sections as uuid[]))", "sections", sections));
    query
        .folder()
        .ifPresent(folder ->
            all.add(
                "c.id in (select f.contract_id from folder_contract f where f.folder_id in"
                    + " (select * from folders_below(array[cast(:folder as uuid)])))",
                "folder",
                folder));
    query
        .tag()
        .ifPresent(tag ->
            all.add(
                "c.id in (select t.contract_id from contract_tag t"
                    + " where t.tenant_id = c.tenant_id and t.tag_id = :tag)",
                "tag",
                tag));
    query.kind().ifPresent(kind -> all.add("c.kind = :kind", "kind", kind.name()));
    query.phase().ifPresent(all::phase);
    query
        .waiting()
        .ifPresent(waiting -> all.add(waiting.at().tooLong(), "waitingDays", waiting.days()));
    all.days("c.contract_date", "contractDate", query.contractDate());
    all.concluded(query.concluded());
    all.period(query.period());
    all.span("c.amount", "amount", query.amount());
    all.entry(query);
    query.missing().stream().sorted().forEach(each -> all.texts.add("(" + each.condition() + ")"));
    all.items(query, folded);
    return all;
  }

  private void words(RegisterQuery query, UnaryOperator<String> folded) {
    for (var word : query.words()) {
      var name = "word" + texts.size();
      var standing = "strpos(c.folded, :" + name + ") > 0";
      add(
          query.fullText()
              ? "("
                  + standing
                  + " or exists (select from contract_text t where t.tenant_id = c.tenant_id"
                  + " and t.contract_id = c.id and strpos(t.folded, :"
                  + name
                  + ") > 0))"
              : standing,
          name,
          folded.apply(word));
    }
    if (!query.title().isEmpty()) {
      add(
          "strpos(split_part(c.folded, E'\\n', 1), :title) > 0",
          "title",
          folded.apply(query.title()));
    }
    if (!query.number().isEmpty()) {
      add(
          "strpos(split_part(c.folded, E'\\n', 2), :number) > 0",
          "number",
          folded.apply(query.number()));
    }
    if (!query.counterparty().isEmpty()) {
      add(
          "strpos(split_part(c.folded, E'\\n', 3), :party) > 0",
          "party",
          folded.apply(query.counterparty()));
    }
  }

  private void phase(Phase phase) {
    switch (phase) {
      case COUNTERPARTY, OFFICE -> {
        // Until the last seal is made nobody is next: as the list has it, it still is the
        // counterparty's.
        texts.add("c.state = 'AWAITING_AGREEMENTS'");
        add(
            "(" + NEXT + " is not distinct from 'OFFICE') = cast(:office as boolean)",
            "office",
            phase == Phase.OFFICE);
      }
      case DRAFT,
          SCHEDULED,
          CONCLUDING,
          CONCLUDED,
          DISPOSED,
          DECLINED,
          RETURNED,
          ON_PAPER,
          ELSEWHERE,
          WITHDRAWN,
          EXPIRED ->
          add("c.state = :state", "state", phase.name());
    }
  }

  private void concluded(Span<LocalDate> span) {
    span.from()
        .ifPresent(day ->
            add(
                "(c.concluded_at >= :concludedFrom or " + onPaper(">= ", ":concludedFrom") + ")",
                "concludedFrom",
                start(day)));
    span.until()
        .ifPresent(day ->
            add(
                "(c.concluded_at < :concludedUntil or " + onPaper("< ", ":concludedUntil") + ")",
                "concludedUntil",
                start(day.plusDays(1))));
  }

  /** Of a contract concluded on paper only the day is known. */
  private static String onPaper(String comparison, String moment) {
    return "c.state = 'ON_PAPER' and exists (select from paper_concluded p"
        + " where p.tenant_id = c.tenant_id and p.contract_id = c.id and p.concluded_on "
        + comparison
        + "(cast("
        + moment
        + " as timestamptz) at time zone 'Asia/Tokyo')::date)";
  }

  private static Timestamp start(LocalDate day) {
    Instant start = day.atStartOfDay(JapaneseDates.ZONE).toInstant();
    return Timestamp.from(start);
  }

  private void period(Span<LocalDate> span) {
    if (span.isOpen()) {
      return;
    }
    texts.add("(c.period_from is not null or c.period_until is not null)");
    span.from()
        .ifPresent(day ->
            add(
                "coalesce(c.period_until, 'infinity') >= :periodFrom",
                "periodFrom",
                Date.valueOf(day)));
    span.until()
        .ifPresent(day ->
            add(
                "coalesce(c.period_from, '-infinity') <= :periodUntil",
                "periodUntil",
                Date.valueOf(day)));
  }

  private void entry(RegisterQuery query) {
    var entry = new ArrayList<String>();
    query
        .pricing()
        .ifPresent(kind -> {
          entry.add("e.pricing = :pricing");
          values.put("pricing", kind.name());
        });
    query.mark().ifPresent(mark -> entry.add(mark.condition()));
    if (!entry.isEmpty()) {
      texts.add(
          "exists (select from register_entry e where e.tenant_id = c.tenant_id"
              + " and e.contract_id = c.id and "
              + String.join(" and ", entry)
              + ")");
    }
    query
        .fiscalYear()
        .ifPresent(year ->
            add(
                "coalesce((select e.fiscal_year from register_entry e"
                    + " where e.tenant_id = c.tenant_id and e.contract_id = c.id),"
                    + " fiscal_year(c.contract_date)) = :year",
                "year",
                year.year()));
  }

  private void items(RegisterQuery query, UnaryOperator<String> folded) {
    for (var item : query.items()) {
      var name = "item" + texts.size();
      switch (item) {
        case RegisterQuery.ItemCondition.Contains(_, var words) ->
            value(name, "strpos(v.folded, :%sValue) > 0", folded.apply(words));
        case RegisterQuery.ItemCondition.Is(_, var choice) ->
            value(name, "v.text = :%sValue", choice);
        case RegisterQuery.ItemCondition.NumberIn(_, var span) -> {
          span.from().ifPresent(least -> value(name, "v.number >= :%sValue", least));
          span.until().ifPresent(most -> value(name + "b", "v.number <= :%sValue", most));
        }
        case RegisterQuery.ItemCondition.DayIn(_, var span) -> {
          span.from().ifPresent(day -> value(name, "v.day >= :%sValue", Date.valueOf(day)));
          span.until().ifPresent(day -> value(name + "b", "v.day <= :%sValue", Date.valueOf(day)));
        }
      }
      values.put(name, item.item());
      values.put(name + "b", item.item());
    }
    for (var item : query.missingItems()) {
      var name = "item" + texts.size();
      texts.add("not " + VALUE.formatted(name, "true"));
      values.put(name, item);
    }
  }

  private void value(String name, String text, Object value) {
    texts.add(VALUE.formatted(name, text.formatted(name)));
    values.put(name + "Value", value);
  }

  private void days(String column, String name, Span<LocalDate> span) {
    span.from()
        .ifPresent(day -> add(column + " >= :" + name + "From", name + "From", Date.valueOf(day)));
    span.until()
        .ifPresent(
            day -> add(column + " <= :" + name + "Until", name + "Until", Date.valueOf(day)));
  }

  private void span(String column, String name, Span<Long> span) {
    span.from().ifPresent(least -> add(column + " >= :" + name + "From", name + "From", least));
    span.until().ifPresent(most -> add(column + " <= :" + name + "Until", name + "Until", most));
  }

  /** Adds a text, and what stands in its gap of that name. */
  private void add(String text, String name, Object value) {
    texts.add(text);
    values.put(name, value);
  }

  /** Begins with {@code and} where there is any. */
  String sql() {
    return texts.isEmpty() ? "" : " and " + String.join("\n and ", texts) + "\n";
  }

  /** What the texts are bound to. */
  Map<String, Object> values() {
    return Map.copyOf(values);
  }
}
