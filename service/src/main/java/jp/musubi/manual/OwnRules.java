package jp.musubi.manual;

import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import jp.musubi.access.AddressRules;
import jp.musubi.access.Audience;
import jp.musubi.authority.Role;
import jp.musubi.contract.FirstTermsRules;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Fact;
import jp.musubi.staff.SignInPolicies;
import jp.musubi.staff.StaffEntry;
import jp.musubi.staff.StaffRegister;
import org.springframework.stereotype.Component;

/** この団体の決まり, as they are in force: nobody has to write them into a manual by hand. */
@Component
class OwnRules {
  private static final int MOST_NAMES = 10;

  private final SignInPolicies signIn;
  private final AddressRules addresses;
  private final FirstTermsRules firstTerms;
  private final StaffRegister staff;
  private final Book book;
  private final Clock clock;

  OwnRules(
      SignInPolicies signIn,
      AddressRules addresses,
      FirstTermsRules firstTerms,
      StaffRegister staff,
      Book book,
      Clock clock) {
    this.signIn = signIn;
    this.addresses = addresses;
    this.firstTerms = firstTerms;
    this.staff = staff;
    this.book = book;
    this.clock = clock;
  }

  List<Fact> current() {
    var policy = signIn.current();
    var terms = firstTerms.current();
    return List.of(
        Fact.of("manual.rule.administrators", administrators()),
        Fact.of("settings.demand", book.of("settings.demand." + policy.demand())),
        Fact.of("settings.least", book.of("settings.characters", policy.leastPassword())),
        Fact.of("settings.idle", book.of("settings.minutes", policy.idle().toMinutes())),
        Fact.of("manual.rule.addresses", book.of("manual.rule.addresses." + restricted())),
        Fact.of("manual.rule.answer", book.of("manual.rule.days", terms.answerDays())),
        Fact.of("manual.rule.reading", book.of("manual.rule.years", terms.readingYears())));
  }

  private String administrators() {
    var holders = staff.holders(Role.BODY_ADMIN);
    var names =
        holders.stream().limit(MOST_NAMES).map(StaffEntry::name).collect(Collectors.joining("、"));
    return holders.isEmpty() ? book.of("manual.rule.nobody") : names;
  }

  private boolean restricted() {
    return !addresses.of(Audience.STAFF).inForce(clock.instant()).isEmpty();
  }
}
