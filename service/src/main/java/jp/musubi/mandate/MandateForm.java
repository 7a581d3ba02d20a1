package jp.musubi.mandate;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.contract.ContractKind;
import jp.musubi.organisation.HolderNames;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.FormReader;
import org.jspecify.annotations.Nullable;

/**
 * A 委任 as typed, by the names of the form's fields.
 *
 * @param parent of a 復代理: whoever appoints is not typed but is its agent
 */
record MandateForm(Map<String, String> typed, Optional<Mandate> parent) {
  /** What stands before the name of an agent fits the 役職 of a contract's party (50 characters). */
  private static final int POSITION = 24;

  /** What the names of tick boxes begin with. */
  static final String POWER = "power-";

  static final String KIND = "kind-";

  /** Keeps its own copy. */
  MandateForm {
    typed = Map.copyOf(typed);
  }

  /** Empty, with what most 委任状 give and this fiscal year. */
  static MandateForm empty(Optional<Mandate> parent, LocalDate today) {
    var typed = new HashMap<String, String>();
    for (var power :
        List.of(Power.BID, Power.CONCLUDE, Power.CHANGE, Power.PERFORM, Power.COLLECT)) {
      if (parent.map(each -> each.said().scope().powers().contains(power)).orElse(true)) {
        typed.put(POWER + power, "true");
      }
    }
    parent.ifPresent(each -> scope(typed, each.said().scope()));
    typed.remove(POWER + Power.SUBSTITUTE);
    return parent.isPresent()
        ? new MandateForm(typed, parent)
        : new MandateForm(typed, parent).lasting(Year.of(today));
  }

  /** As it is registered; for a correction. */
  static MandateForm of(Mandate.Chain chain) {
    var typed = people(chain.own());
    scope(typed, chain.own().said().scope());
    typed.put("paperNumber", chain.own().said().paper().number());
    typed.put("paperOn", JapaneseDates.date(chain.own().said().paper().on()));
    return new MandateForm(typed, chain.parent());
  }

  /** The same people and scope for the time that follows; the 委任状 is another one. */
  static MandateForm takingOver(Mandate.Chain chain) {
    var typed = people(chain.own());
    scope(typed, chain.own().said().scope());
    // A 復代理 goes back to another 委任 in another year: it is made anew below that one.
    return new MandateForm(typed, Optional.empty())
        .lasting(Year.after(chain.own().said().scope().until()));
  }

  private static Map<String, String> people(Mandate mandate) {
    var said = mandate.said();
    var typed = new HashMap<String, String>();
    typed.put("principalTitle", said.principal().title());
    typed.put("principalName", said.principal().name());
    typed.put("agentOffice", said.agent().office());
    typed.put("agentTitle", said.agent().title());
    typed.put("agentName", said.agent().name());
    typed.put("agentMail", said.agent().mail());
    return typed;
  }

  private static void scope(Map<String, String> typed, Mandate.Scope scope) {
    scope.powers().forEach(power -> typed.put(POWER + power, "true"));
    scope.kinds().forEach(kind -> typed.put(KIND + kind, "true"));
    if (scope.most().isPresent()) {
      typed.put("most", String.valueOf(scope.most().getAsLong()));
    }
    typed.put("single", scope.single());
    typed.put("from", JapaneseDates.date(scope.from()));
    typed.put("until", JapaneseDates.date(scope.until()));
  }

  /** The same for another time. */
  MandateForm lasting(Year year) {
    var other = new HashMap<>(typed);
    other.put("from", JapaneseDates.date(year.from()));
    other.put("until", JapaneseDates.date(year.until()));
    return new MandateForm(other, parent);
  }

  /** What was typed into a field; empty when nothing was. */
  String value(String field) {
    return typed.getOrDefault(field, "");
  }

  /** The 委任 that it takes over, if it was begun so. */
  Optional<UUID> key(String field) {
    try {
      return value(field).isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(value(field)));
    } catch (IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }

  /** 委任状に書かれた番号と日付. */
  record PaperWords(String number, LocalDate on) {}

  /** What was typed, the file aside; only of use when nothing is wrong. */
  record Read(
      Mandate.Principal principal,
      Mandate.Agent agent,
      Mandate.@Nullable Scope scope,
      PaperWords paper) {}

  Read read(FormReader reader) {
    var principal =
        parent
            .map(each ->
                new Mandate.Principal(each.said().agent().position(), each.said().agent().name()))
            .orElseGet(() ->
                new Mandate.Principal(
                    reader.line("principalTitle", value("principalTitle"), 50, false),
                    reader.line("principalName", value("principalName"), 50, true)));
    var agent =
        new Mandate.Agent(
            reader.line("agentOffice", value("agentOffice"), POSITION, false),
            reader.line("agentTitle", value("agentTitle"), POSITION, false),
            reader.line("agentName", value("agentName"), 50, true),
            reader.mail("agentMail", value("agentMail")));
    if (HolderNames.samePerson(principal.name(), agent.name())) {
      reader.reject("agentName", "mandate.wrong.self");
    }
    var scope = scope(reader);
    return new Read(
        principal,
        agent,
        scope,
        new PaperWords(
            reader.line("paperNumber", value("paperNumber"), 50, false),
            day(reader, "paperOn").orElse(LocalDate.EPOCH)));
  }

  private Mandate.@Nullable Scope scope(FormReader reader) {
    var powers = ticked(POWER, Power.class);
    if (powers.isEmpty()) {
      reader.reject(POWER + Power.BID, "mandate.wrong.powers");
    }
    if (parent.isPresent() && powers.contains(Power.SUBSTITUTE)) {
      reader.reject(POWER + Power.SUBSTITUTE, "mandate.wrong.third");
    }
    var most = reader.yen("most", value("most"));
    if (most.isPresent() && most.getAsLong() <= 0) {
      reader.reject("most", "web.wrong.yen");
    }
    var single = reader.line("single", value("single"), 200, false);
    var from = day(reader, "from");
    var until = day(reader, "until");
    if (from.isEmpty() || until.isEmpty()) {
      return null;
    }
    if (until.get().isBefore(from.get())) {
      reader.reject("until", "mandate.wrong.until");
    }
    return new Mandate.Scope(
        powers, ticked(KIND, ContractKind.class), most, single, from.get(), until.get());
  }

  private Optional<LocalDate> day(FormReader reader, String field) {
    var day = reader.day(field, value(field));
    if (day.isEmpty()) {
      reader.reject(field, "web.wrong.empty");
    }
    return day;
  }

  private <E extends Enum<E>> Set<E> ticked(String prefix, Class<E> type) {
    var chosen = EnumSet.noneOf(type);
    Arrays.stream(type.getEnumConstants())
        .filter(each -> value(prefix + each.name()).equals("true"))
        .forEach(chosen::add);
    return chosen;
  }

  /** The fields of what a 復代理 has beyond its 委任. */
  static void reject(
      FormReader reader, List<Excess> excess, Mandate.Scope above, MandateWords words) {
    for (var each : excess) {
      var field =
          switch (each) {
            case POWERS -> POWER + Power.BID;
            case KINDS -> KIND + ContractKind.WORKS;
            case AMOUNT -> "most";
            case SINGLE -> "single";
            case FROM -> "from";
            case UNTIL -> "until";
          };
      var limit =
          switch (each) {
            case POWERS -> words.powers(above);
            case KINDS -> words.kinds(above);
            case AMOUNT -> words.most(above);
            case SINGLE -> above.single();
            case FROM, UNTIL -> words.period(above);
          };
      reader.reject(field, "mandate.wrong.beyond." + each, limit);
    }
  }
}
