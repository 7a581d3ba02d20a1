package jp.musubi.counterparty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.counterparty.NearMiss.Kind;
import jp.musubi.counterparty.NearMiss.Known;
import jp.musubi.counterparty.NearMiss.Typed;

/** 似たものさがし. A register, made ready for being compared with many names and addresses; pure. */
final class Likenesses {
  private final Map<String, List<Known>> byNumber = new HashMap<>();
  private final Map<String, List<Known>> byKey = new HashMap<>();
  private final List<Known> all;

  Likenesses(Collection<Known> register) {
    all = List.copyOf(register);
    for (var known : all) {
      known
          .number()
          .ifPresent(number ->
              byNumber.computeIfAbsent(number.digits(), _ -> new ArrayList<>()).add(known));
      byKey.computeIfAbsent(OrganisationNames.key(known.name()), _ -> new ArrayList<>()).add(known);
    }
  }

  /** Everything alike, the surest first. */
  List<NearMiss> of(Typed typed) {
    var found = new ArrayList<NearMiss>();
    typed
        .number()
        .ifPresent(number ->
            byNumber.getOrDefault(number.digits(), List.of()).stream()
                .filter(known -> !isItself(typed, known))
                .forEach(known -> found.add(miss(Kind.SAME_NUMBER, known, number.digits()))));
    var key = OrganisationNames.key(typed.name());
    if (!key.isEmpty()) {
      byKey.getOrDefault(key, List.of()).stream()
          .filter(known -> !isItself(typed, known))
          .forEach(known -> found.add(miss(Kind.SAME_NAME, known, known.name())));
    }
    for (var mail : typed.mails()) {
      for (var known : all) {
        known
            .mails()
            .forEach(other ->
                kind(mail, other, isItself(typed, known))
                    .ifPresent(kind -> found.add(miss(kind, known, other))));
      }
    }
    return found;
  }

  private static Optional<Kind> kind(String mail, String other, boolean itself) {
    if (mail.equalsIgnoreCase(other)) {
      return itself ? Optional.empty() : Optional.of(Kind.SAME_MAIL);
    }
    return MailLikeness.of(mail, other)
        .map(likeness ->
            switch (likeness) {
              case ONE_EDIT -> Kind.MAIL_ONE_EDIT;
              case OTHER_DOMAIN -> Kind.MAIL_OTHER_DOMAIN;
            });
  }

  private static boolean isItself(Typed typed, Known known) {
    return typed.itself().map(known.id()::equals).orElse(false);
  }

  private static NearMiss miss(Kind kind, Known known, String detail) {
    return new NearMiss(kind, known.id(), known.name(), detail);
  }
}
