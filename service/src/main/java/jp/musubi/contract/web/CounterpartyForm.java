package jp.musubi.contract.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.contract.Arrangement;
import jp.musubi.contract.Counterparty;
import jp.musubi.contract.Identification;
import jp.musubi.contract.KnownCounterparties;
import jp.musubi.contract.Lineup;
import jp.musubi.contract.Mandates;
import jp.musubi.contract.Party;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.PhoneNumber;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * One counterparty as typed.
 *
 * @param identity key of the way in which it shows who it is
 * @param phone for numbers by SMS
 * @param place when it is asked, among the counterparties
 * @param mandate key of the 委任 by which it acts; empty or null for none
 * @param own {@code own} for 当事者型, anything else for 立会人型
 */
record CounterpartyForm(
    @Nullable String organisation,
    @Nullable String title,
    @Nullable String name,
    @Nullable String mail,
    @Nullable String identity,
    @Nullable String phone,
    @Nullable String capacity,
    @Nullable String venture,
    @Nullable String place,
    @Nullable String mandate,
    @Nullable String own) {
  private static final String OWN = "own";
  private static final String SERVICE = "service";

  /** The usual ones first. */
  private static final List<Identification.Way> OFFERED =
      List.of(
          Identification.Way.ACCESS_CODE,
          Identification.Way.SMS_CODE,
          Identification.Way.PASSKEY,
          Identification.Way.TOTP,
          Identification.Way.EXTERNAL_ID_L3,
          Identification.Way.EXTERNAL_ID_L2,
          Identification.Way.MAIL_CODE,
          Identification.Way.MAIL);

  private static final Field.Look PHONE =
      new Field.Look("tel", "off", "tel", "medium", null, 20, null);
  private static final Field.Look PLACE =
      new Field.Look("text", "off", "numeric", "short", "contract.unit.place", 3, null);

  /**
   * The ways of which a sender may choose.
   *
   * @param possible here
   * @param least that the body asks for
   * @param ownSignatures whether the installation takes signatures of the parties' own
   */
  record Ways(Set<Identification.Way> possible, Identification.Level least, boolean ownSignatures) {
    List<Identification.Way> offered() {
      return OFFERED.stream()
          .filter(possible::contains)
          .filter(way -> way.level().reaches(least))
          .toList();
    }

    /** Whether a telephone may be asked for. */
    boolean asksForPhone() {
      return offered().contains(Identification.Way.SMS_CODE);
    }
  }

  /** An empty form at a place, with the safer identification. */
  static CounterpartyForm empty(int place) {
    return new CounterpartyForm(
        null,
        null,
        null,
        null,
        Identification.Way.ACCESS_CODE.key(),
        null,
        Party.Capacity.AUTHORITY.name(),
        null,
        place + "",
        null,
        SERVICE);
  }

  static CounterpartyForm of(
      Party party, int place, Identification identification, @Nullable UUID mandate) {
    return new CounterpartyForm(
        party.organisation(),
        party.title(),
        party.name(),
        party.mail(),
        identification.way().key(),
        PhoneNumber.national(identification.phone()),
        String.valueOf(party.capacity()),
        party.venture(),
        place + "",
        mandate == null ? null : mandate.toString(),
        party.ownSignature() ? OWN : SERVICE);
  }

  /** What was typed into the fields of the n-th counterparty. */
  static CounterpartyForm typed(Map<String, String> typed, int number) {
    return new CounterpartyForm(
        typed.get("organisation-" + number),
        typed.get("title-" + number),
        typed.get("name-" + number),
        typed.get("mail-" + number),
        typed.get("identity-" + number),
        typed.get("phone-" + number),
        typed.getOrDefault("capacity-" + number, Party.Capacity.AUTHORITY.name()),
        typed.get("venture-" + number),
        typed.getOrDefault("place-" + number, number + ""),
        typed.get("mandate-" + number),
        typed.getOrDefault("own-" + number, SERVICE));
  }

  /** Whether nobody was named yet. */
  boolean isBlank() {
    return Stream.of(organisation, title, name, mail)
        .allMatch(text -> text == null || text.isBlank());
  }

  /** The same card with somebody the body knows. */
  CounterpartyForm with(KnownCounterparties.Known known) {
    return new CounterpartyForm(
        known.organisation(),
        known.title(),
        known.name(),
        known.mail(),
        identity,
        phone,
        capacity,
        venture,
        place,
        null,
        own);
  }

  /** The same card with somebody who acts by a 委任; the organisation stays as it was typed. */
  CounterpartyForm with(Mandates.Offered offered) {
    return new CounterpartyForm(
        organisation,
        offered.title(),
        offered.name(),
        offered.mail(),
        identity,
        phone,
        Party.Capacity.AGENT.name(),
        venture,
        place,
        offered.id().toString(),
        own);
  }

  /** The key that was chosen, if it is one. */
  Optional<UUID> mandateKey() {
    try {
      return mandate == null || mandate.isEmpty()
          ? Optional.empty()
          : Optional.of(UUID.fromString(mandate));
    } catch (IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }

  /** The same person, standing where an arrangement has a place. */
  CounterpartyForm at(Arrangement.Slot slot) {
    return new CounterpartyForm(
        organisation,
        title,
        name,
        mail,
        slot.way().key(),
        phone,
        slot.capacity().name(),
        slot.member() ? venture : "",
        slot.place() + "",
        mandate,
        own);
  }

  /**
   * What was typed.
   *
   * @param least of identification that the body asks for
   * @param offered 委任 that may be chosen
   */
  Counterparty read(
      FormReader reader, int number, Identification.Level least, List<Mandates.Offered> offered) {
    var as = capacity(reader, number);
    return new Counterparty(
        as,
        reader.line("venture-" + number, venture, 100, false),
        reader.number("place-" + number, place, 1, Lineup.MOST),
        reader.line("organisation-" + number, organisation, 100, true),
        reader.line("title-" + number, title, 50, false),
        reader.line("name-" + number, name, 50, true),
        reader.mail("mail-" + number, mail),
        identification(reader, number, least),
        mandate(reader, number, as, offered),
        signsItself());
  }

  /** Only agents act by one; what was chosen has to be of the very person. */
  private Optional<UUID> mandate(
      FormReader reader, int number, Party.Capacity as, List<Mandates.Offered> offered) {
    if (as != Party.Capacity.AGENT || mandate == null || mandate.isEmpty()) {
      return Optional.empty();
    }
    var chosen = offered.stream().filter(each -> each.id().toString().equals(mandate)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("mandate-" + number, "mandate.choose.gone");
    } else if (!chosen.get().name().equals(name == null ? "" : name.strip())
        || !chosen.get().mail().equalsIgnoreCase(mail == null ? "" : mail.strip())) {
      reader.reject(
          "mandate-" + number, "mandate.choose.other", chosen.get().name(), chosen.get().mail());
    }
    return chosen.map(Mandates.Offered::id);
  }

  /** 当事者型: whether it signs with a certificate of its own. */
  boolean signsItself() {
    return OWN.equals(own);
  }

  private Identification identification(FormReader reader, int number, Identification.Level least) {
    var way =
        Arrays.stream(Identification.Way.values())
            .filter(each -> each.key().equals(identity))
            .findFirst();
    if (way.isEmpty()) {
      reader.reject("identity-" + number, "contract.wrong.choose");
    } else if (!way.get().level().reaches(least)) {
      reader.reject("identity-" + number, "identification.wrong.weak", least.name());
    }
    if (way.filter(Identification.Way.SMS_CODE::equals).isEmpty()) {
      return new Identification(way.orElse(Identification.Way.MAIL), "");
    }
    return PhoneNumber.mobile(phone)
        .map(to -> new Identification(Identification.Way.SMS_CODE, to))
        .orElseGet(() -> {
          reader.reject("phone-" + number, "contract.wrong.mobile");
          return Identification.BY_MAIL;
        });
  }

  private Party.Capacity capacity(FormReader reader, int number) {
    return Arrays.stream(Party.Capacity.values())
        .filter(each -> each.name().equals(capacity))
        .findFirst()
        .orElseGet(() -> {
          reader.reject("capacity-" + number, "contract.wrong.choose");
          return Party.Capacity.AUTHORITY;
        });
  }

  /**
   * The fields.
   *
   * @param ways offered to show who it is
   * @param mandates 委任 that may be chosen
   */
  List<Field> fields(
      int number,
      Ways ways,
      List<Mandates.Offered> mandates,
      Map<String, Text> wrong,
      Words words) {
    var offered =
        ways.offered().stream()
            .map(way -> new Option(way.key(), words.of("contract.field.identity." + way)))
            .toList();
    // What a former contract or a first form has may be less than is offered now.
    var chosen =
        offered.stream().anyMatch(option -> option.value().equals(identity))
            ? identity
            : offered.getFirst().value();
    return List.of(
        field(number, "organisation", "contract.field.organisation", true, organisation, wrong),
        field(number, "title", "contract.field.position", false, title, wrong),
        field(number, "name", "contract.field.name", true, name, wrong),
        field(number, "mail", "contract.field.mail", true, mail, wrong).drawn(Field.Look.MAIL),
        field(number, "identity", "contract.field.identity", true, chosen, wrong).offering(offered),
        field(number, "phone", "contract.field.phone", false, phone, wrong).drawn(PHONE),
        field(number, "capacity", "contract.field.capacity", true, capacity, wrong)
            .offering(
                Arrays.stream(Party.Capacity.values())
                    .map(each ->
                        new Option(each.name(), words.of("contract.field.capacity." + each)))
                    .toList()),
        field(number, "venture", "contract.field.venture", false, venture, wrong),
        field(number, "own", "contract.field.own", true, signsItself() ? OWN : SERVICE, wrong)
            .offering(
                List.of(
                    new Option(SERVICE, words.of("contract.field.own.service")),
                    new Option(OWN, words.of("contract.field.own.own")))),
        field(number, "place", "contract.field.place", true, place, wrong).drawn(PLACE),
        field(number, "mandate", "mandate.choose", false, mandate, wrong)
            .offering(
                Stream.concat(
                        Stream.of(new Option("", words.of("mandate.choose.none"))),
                        mandates.stream()
                            .map(each -> new Option(each.id().toString(), each.note())))
                    .toList()));
  }

  private static Field field(
      int number,
      String name,
      String label,
      boolean required,
      @Nullable String value,
      Map<String, Text> wrong) {
    var full = name + "-" + number;
    var field = required ? Field.required(full, label) : Field.optional(full, label);
    return field.hinted(label + ".hint").with(value).wrong(wrong.get(full));
  }
}
