package jp.musubi.contract.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import jp.musubi.contract.Arrangement;
import jp.musubi.contract.Counterparty;
import jp.musubi.contract.Identification;
import jp.musubi.contract.KnownCounterparties;
import jp.musubi.contract.Lineup;
import jp.musubi.contract.Mandates;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.organisation.Office;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * Step 2 as typed: who signs, and when.
 *
 * @param office key of the 契約名義
 * @param officePlace {@code last} or {@code first}
 * @param arrangement key of the 当事者の並び it stands on; empty or null for none
 */
record PartiesForm(
    List<CounterpartyForm> counterparties,
    @Nullable String office,
    @Nullable String officePlace,
    @Nullable String arrangement) {

  /** What says that there is no counterparty: without it, a form that lost its fields would. */
  static final String ALONE = "alone";

  /** The form as it was last saved; at first with one counterparty and the only office. */
  static PartiesForm of(
      Particulars draft,
      Function<Party, Identification> identification,
      List<Office> offices,
      Optional<UUID> chosen,
      Map<Integer, UUID> mandates) {
    var arrangement = chosen.map(UUID::toString).orElse(null);
    var office =
        draft
            .officeId()
            .map(UUID::toString)
            .orElseGet(() -> offices.size() == 1 ? offices.getFirst().id().toString() : null);
    var parties = draft.parties(Party.Kind.COUNTERPARTY);
    if (parties.isEmpty()) {
      var alone = !draft.parties(Party.Kind.OFFICE).isEmpty();
      return new PartiesForm(
          alone ? List.of() : List.of(CounterpartyForm.empty(1)), office, "last", arrangement);
    }
    var first = parties.getFirst().turn();
    return new PartiesForm(
        parties.stream()
            .map(party ->
                CounterpartyForm.of(
                    party,
                    party.turn() - first + 1,
                    identification.apply(party),
                    mandates.get(party.ordinal())))
            .toList(),
        office,
        first == 1 ? "last" : "first",
        arrangement);
  }

  /** What was typed; the form says itself how many counterparties it has. */
  static PartiesForm typed(Map<String, String> typed) {
    var count =
        IntStream.rangeClosed(1, Lineup.MOST)
            .filter(number -> typed.containsKey("organisation-" + number))
            .max()
            .orElse(typed.containsKey(ALONE) ? 0 : 1);
    return new PartiesForm(
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> CounterpartyForm.typed(typed, number))
            .toList(),
        typed.get("office"),
        typed.get("officePlace"),
        typed.get("arrangement"));
  }

  /** With one more counterparty, asked after the others. */
  PartiesForm withOneMore() {
    if (counterparties.size() == Lineup.MOST) {
      return this;
    }
    var more = new ArrayList<>(counterparties);
    more.add(CounterpartyForm.empty(more.size() + 1));
    return new PartiesForm(List.copyOf(more), office, officePlace, arrangement);
  }

  /** With somebody the body knows, in the first card where nothing was typed, or in one more. */
  PartiesForm withKnown(KnownCounterparties.Known known) {
    var all = new ArrayList<>(counterparties);
    var free =
        IntStream.range(0, all.size()).filter(i -> all.get(i).isBlank()).findFirst().orElse(-1);
    if (free >= 0) {
      all.set(free, all.get(free).with(known));
    } else if (all.size() < Lineup.MOST) {
      all.add(CounterpartyForm.empty(all.size() + 1).with(known));
    }
    return new PartiesForm(List.copyOf(all), office, officePlace, arrangement);
  }

  /** With the one of the n-th counterparty, from 1, who acts by a 委任. */
  PartiesForm withMandate(int number, Mandates.Offered offered) {
    if (number < 1 || number > counterparties.size()) {
      return this;
    }
    var all = new ArrayList<>(counterparties);
    all.set(number - 1, all.get(number - 1).with(offered));
    return new PartiesForm(List.copyOf(all), office, officePlace, arrangement);
  }

  /** Without the n-th counterparty, from 1; without the last one the body signs alone. */
  PartiesForm without(int number) {
    if (number < 1 || number > counterparties.size()) {
      return this;
    }
    var fewer = new ArrayList<>(counterparties);
    fewer.remove(number - 1);
    return new PartiesForm(
        List.copyOf(fewer), office, fewer.isEmpty() ? "last" : officePlace, arrangement);
  }

  /**
   * The same people, standing as they do in an arrangement: the first of them in its first place.
   * Whoever is more than it has places for stays behind them; nothing that was typed is lost.
   *
   * @param chosen empty to stand on none, with everybody where they are
   */
  PartiesForm arranged(Optional<Arrangement> chosen) {
    if (chosen.isEmpty()) {
      return new PartiesForm(counterparties, office, officePlace, "");
    }
    var slots = chosen.get().slots();
    var named = counterparties.stream().filter(each -> !each.isBlank()).toList();
    var all = new ArrayList<CounterpartyForm>();
    for (var i = 0; i < slots.size(); i++) {
      var card = i < named.size() ? named.get(i) : CounterpartyForm.empty(1);
      all.add(card.at(slots.get(i)));
    }
    for (var i = slots.size(); i < named.size(); i++) {
      all.add(named.get(i));
    }
    return new PartiesForm(
        List.copyOf(all),
        office,
        chosen.get().officeFirst() ? "first" : "last",
        chosen.get().id().toString());
  }

  /** Whether the body signs alone. */
  boolean isAlone() {
    return counterparties.isEmpty();
  }

  Optional<Lineup> read(
      FormReader reader,
      List<Office> offices,
      Identification.Level least,
      Function<String, List<Mandates.Offered>> mandates) {
    var read =
        IntStream.range(0, counterparties.size())
            .mapToObj(i -> {
              var each = counterparties.get(i);
              return each.read(
                  reader, i + 1, least, mandates.apply(Objects.toString(each.organisation(), "")));
            })
            .toList();
    alone(reader, read);
    var chosen = offices.stream().filter(o -> o.id().toString().equals(office)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("office", "contract.wrong.choose");
    }
    if (!"last".equals(officePlace) && !"first".equals(officePlace)) {
      reader.reject("officePlace", "contract.wrong.choose");
    }
    return reader.wrong().isEmpty()
        ? chosen.map(o -> new Lineup(read, o, "first".equals(officePlace)))
        : Optional.empty();
  }

  /** 当事者型: who signs with a certificate of its own is asked alone. */
  private void alone(FormReader reader, List<Counterparty> read) {
    for (var i = 0; i < read.size(); i++) {
      var place = read.get(i).place();
      if (read.get(i).ownSignature()
          && read.stream().filter(other -> other.place() == place).count() > 1) {
        reader.reject("own-" + (i + 1), "contract.wrong.ownAlone");
      }
    }
  }

  /** The list of arrangements, the one it stands on chosen, and at first the first of them. */
  Field arrangements(List<Arrangement> offered, Words words) {
    var options = new ArrayList<Option>();
    offered.forEach(each ->
        options.add(
            new Option(
                each.id().toString(),
                each.kind()
                    .map(kind -> each.name() + "（" + words.of("contract.kind." + kind) + "）")
                    .orElse(each.name()))));
    options.add(new Option("", words.of("arrangement.choose.none")));
    var known = options.stream().anyMatch(option -> option.value().equals(arrangement));
    return Field.optional("arrangements", "arrangement.choose")
        .hinted("arrangement.choose.hint")
        .offering(options)
        .with(known ? arrangement : options.getFirst().value());
  }

  /** The fields of the body's own part. */
  List<Field> officeFields(List<Office> offices, Map<String, Text> wrong, Words words) {
    return List.of(
        Field.required("office", "contract.field.office")
            .hinted("contract.field.office.hint")
            .offering(
                offices.stream()
                    .map(o -> new Option(o.id().toString(), o.title() + "　" + o.holderName()))
                    .toList())
            .with(office)
            .wrong(wrong.get("office")),
        Field.required("officePlace", "contract.field.officePlace")
            .offering(
                List.of(
                    new Option("last", words.of("contract.field.officePlace.last")),
                    new Option("first", words.of("contract.field.officePlace.first"))))
            .with(officePlace)
            .wrong(wrong.get("officePlace")));
  }
}
