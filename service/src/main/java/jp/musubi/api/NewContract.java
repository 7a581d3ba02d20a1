package jp.musubi.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.contract.Clauses;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Counterparty;
import jp.musubi.contract.FirstTerms;
import jp.musubi.contract.Identification;
import jp.musubi.contract.IdentificationFloor;
import jp.musubi.contract.Lineup;
import jp.musubi.contract.PaperByLaw;
import jp.musubi.contract.Party;
import jp.musubi.contract.Terms;
import jp.musubi.organisation.Office;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.PhoneNumber;
import tools.jackson.databind.JsonNode;

/**
 * 新しい契約, as a program gives it: what the pages ask in three steps, at once and by the same bounds.
 */
record NewContract(Lineup lineup, Terms terms, Clauses clauses) {
  private static final int LONGEST_DAYS = 365;
  private static final int LAST_HOUR = 17;

  /**
   * What the body has to offer.
   *
   * @param offices held by somebody today
   * @param ways of identification that are possible here
   * @param floor of identification
   */
  record Given(
      List<Office> offices,
      FirstTerms first,
      Set<Identification.Way> ways,
      IdentificationFloor floor,
      Instant now) {
    /** Keeps its own copy. */
    Given {
      offices = List.copyOf(offices);
    }
  }

  /** Empty if something is wrong, which the reader then knows. */
  static Optional<NewContract> read(JsonNode json, Given given, FormReader reader) {
    var all = new Members(json, "", reader);
    var terms = terms(all, given, reader);
    var clauses =
        new Clauses(
            all.flag("renews"),
            all.flag("councilVote"),
            Optional.ofNullable(all.choice("paperByLaw", PaperByLaw.class)));
    var least = given.floor().least(Optional.of(terms.kind()), terms.amount());
    var counterparties = counterparties(all, given, least, reader);
    var office = office(all, given.offices(), reader);
    var officeFirst = all.flag("officeFirst");
    all.nothingElse();
    return reader.wrong().isEmpty()
        ? office.map(
            held -> new NewContract(new Lineup(counterparties, held, officeFirst), terms, clauses))
        : Optional.empty();
  }

  private static Terms terms(Members all, Given given, FormReader reader) {
    var kind = all.choice("kind", ContractKind.class);
    if (kind == null) {
      reader.reject("kind", "web.wrong.empty");
    }
    var years = all.number("readingYears");
    var terms =
        new Terms(
            reader.line("title", all.text("title"), 200, true),
            kind == null ? ContractKind.OTHER : kind,
            all.number("amount"),
            day(all, "contractDate", reader),
            day(all, "periodFrom", reader),
            day(all, "periodUntil", reader),
            deadline(all, given, reader),
            years.isPresent()
                ? reader.number("readingYears", String.valueOf(years.getAsLong()), 1, 100)
                : given.first().readingYears());
    if (terms.periodFrom().isPresent()
        && terms.periodUntil().isPresent()
        && terms.periodUntil().get().isBefore(terms.periodFrom().get())) {
      reader.reject("periodUntil", "contract.wrong.untilBeforeFrom");
    }
    return terms;
  }

  private static Optional<LocalDate> day(Members all, String name, FormReader reader) {
    var text = all.text(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException notADay) {
      reader.reject(name, "api.wrong.day");
      return Optional.empty();
    }
  }

  private static Instant deadline(Members all, Given given, FormReader reader) {
    var today = LocalDate.ofInstant(given.now(), JapaneseDates.ZONE);
    var text = all.text("deadline");
    if (text == null) {
      return today
          .plusDays(given.first().answerDays())
          .atTime(LAST_HOUR, 0)
          .atZone(JapaneseDates.ZONE)
          .toInstant();
    }
    try {
      var moment = OffsetDateTime.parse(text).toInstant();
      if (!moment.isAfter(given.now())) {
        reader.reject("deadline", "contract.wrong.deadlinePast");
      } else if (LocalDate.ofInstant(moment, JapaneseDates.ZONE)
          .isAfter(today.plusDays(LONGEST_DAYS))) {
        reader.reject("deadline", "contract.wrong.deadlineFar");
      }
      return moment;
    } catch (DateTimeParseException notAMoment) {
      reader.reject("deadline", "api.wrong.moment");
      return given.now();
    }
  }

  private static List<Counterparty> counterparties(
      Members all, Given given, Identification.Level least, FormReader reader) {
    var found = new ArrayList<Counterparty>();
    for (var each : all.objects("counterparties")) {
      found.add(counterparty(each, found.size() + 1, given.ways(), least, reader));
    }
    if (found.isEmpty() || found.size() > Lineup.MOST) {
      reader.reject("counterparties", "api.wrong.count", "1", String.valueOf(Lineup.MOST));
    }
    return found;
  }

  private static Counterparty counterparty(
      Members one,
      int number,
      Set<Identification.Way> ways,
      Identification.Level least,
      FormReader reader) {
    var place = one.number("place");
    var capacity = one.choice("capacity", Party.Capacity.class);
    var read =
        new Counterparty(
            Objects.requireNonNullElse(capacity, Party.Capacity.AUTHORITY),
            reader.line(one.place("venture"), one.text("venture"), 100, false),
            place.isPresent()
                ? reader.number(
                    one.place("place"), String.valueOf(place.getAsLong()), 1, Lineup.MOST)
                : number,
            reader.line(one.place("organisation"), one.text("organisation"), 100, true),
            reader.line(one.place("title"), one.text("title"), 50, false),
            reader.line(one.place("name"), one.text("name"), 50, true),
            reader.mail(one.place("mail"), one.text("mail")),
            identification(one, ways, least, reader));
    one.nothingElse();
    return read;
  }

  private static Identification identification(
      Members one, Set<Identification.Way> ways, Identification.Level least, FormReader reader) {
    var way = one.choice("identification", Identification.Way.class);
    var phone = one.text("phone");
    if (way == null) {
      reader.reject(one.place("identification"), "web.wrong.empty");
      return Identification.BY_MAIL;
    }
    if (!way.level().reaches(least)) {
      reader.reject(one.place("identification"), "api.wrong.weak", least.name());
      return Identification.BY_MAIL;
    }
    if (!ways.contains(way)) {
      reader.reject(
          one.place("identification"),
          way == Identification.Way.SMS_CODE ? "api.wrong.sms" : "api.wrong.external");
      return Identification.BY_MAIL;
    }
    if (way != Identification.Way.SMS_CODE) {
      return new Identification(way, "");
    }
    return PhoneNumber.mobile(phone)
        .map(to -> new Identification(Identification.Way.SMS_CODE, to))
        .orElseGet(() -> {
          reader.reject(one.place("phone"), "contract.wrong.mobile");
          return Identification.BY_MAIL;
        });
  }

  private static Optional<Office> office(Members all, List<Office> offices, FormReader reader) {
    var title = all.text("office");
    var titles = offices.stream().map(Office::title).collect(Collectors.joining("、"));
    if (title == null) {
      if (offices.size() != 1) {
        reader.reject("office", "api.wrong.office", titles);
      }
      return offices.stream().findFirst();
    }
    var chosen = offices.stream().filter(office -> office.title().equals(title)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("office", "api.wrong.office", titles);
    }
    return chosen;
  }
}
