package jp.musubi.input;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;

/** 入力項目の一覧 of one contract, with what was filled in. Pure. */
record InputSheet(Particulars contract, List<InputField> fields, List<InputValue> values) {
  /** Keeps its own copies. */
  InputSheet {
    fields = List.copyOf(fields);
    values = List.copyOf(values);
  }

  /** The field of that key. */
  java.util.Optional<InputField> find(UUID id) {
    return fields.stream().filter(field -> field.id().equals(id)).findFirst();
  }

  /** The fields of one party. */
  List<InputField> of(int filler) {
    return fields.stream().filter(field -> field.filler() == filler).toList();
  }

  /** What stands, by the key of its field. */
  Map<UUID, String> texts() {
    return current().collect(Collectors.toMap(InputValue::field, InputValue::text));
  }

  /** What stands in a field. */
  java.util.Optional<InputValue> value(InputField field) {
    return current().filter(value -> value.field().equals(field.id())).findFirst();
  }

  /** What stands: a draft's party may have become another since somebody filled for it. */
  Stream<InputValue> current() {
    return values.stream().filter(value -> !isStale(value));
  }

  /** Whether it was filled by somebody who is no party of the draft any more. */
  boolean isStale(InputValue value) {
    return contract.state().equals("DRAFT")
        && value.mail().isPresent()
        && find(value.field())
            .flatMap(field -> party(field.filler()))
            .filter(party -> value.mail().get().equalsIgnoreCase(party.mail()))
            .isEmpty();
  }

  /** The counterparty of that place, if there is one. */
  java.util.Optional<Party> party(int filler) {
    return contract.parties(Party.Kind.COUNTERPARTY).stream()
        .filter(party -> party.ordinal() == filler)
        .findFirst();
  }

  /** What keeps the draft from being sent: what has to be filled and is not, and what is stale. */
  List<InputField> missing() {
    var texts = texts();
    return fields.stream()
        .filter(field ->
            (field.mandatory() && !texts.containsKey(field.id()))
                || values.stream()
                    .anyMatch(value -> value.field().equals(field.id()) && isStale(value)))
        .toList();
  }
}
