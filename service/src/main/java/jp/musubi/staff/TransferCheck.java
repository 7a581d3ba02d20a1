package jp.musubi.staff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.FormReader;
import jp.musubi.staff.TransferFinding.Reason;

/** 異動の検査. What is wrong with a list, given the register as it is; pure. */
final class TransferCheck {
  private static final Map<String, Role> GIVEN_BY_LIST =
      Map.of(
          "担当者", Role.CLERK,
          "閲覧者", Role.VIEWER,
          "承認者", Role.APPROVER,
          "所属管理者", Role.SECTION_ADMIN);

  private TransferCheck() {}

  /** Somebody as the register has them. */
  record Person(UUID id, String loginId, UUID section, boolean active, boolean administrator) {}

  /** A post, by which {@code SECTION/TITLE} it is found. */
  record PostAt(UUID id, Set<Role> carries) {}

  /**
   * The register on the day of the transfer.
   *
   * @param sections open ones by 所属コード
   * @param posts by {@code section key + "/" + title}
   * @param giver who hands the list in
   */
  record Register(
      Map<String, Person> people,
      Map<String, UUID> sections,
      Map<String, PostAt> posts,
      UUID giver) {}

  /** The roles a cell names, e.g. 担当者・閲覧者; empty when it names one no list may give. */
  static Optional<Set<Role>> roles(String cell) {
    var names =
        Arrays.stream(cell.split("[・;；、/]")).map(String::strip).filter(n -> !n.isEmpty()).toList();
    return names.stream().allMatch(GIVEN_BY_LIST::containsKey)
        ? Optional.of(
            names.stream()
                .flatMap(name -> Stream.ofNullable(GIVEN_BY_LIST.get(name)))
                .collect(Collectors.toSet()))
        : Optional.empty();
  }

  /** Everything that is wrong, in the order of the lines. */
  static List<TransferFinding> of(List<TransferRow> rows, Register register) {
    var findings = new ArrayList<TransferFinding>();
    var added = new HashSet<String>();
    var leaving = new HashSet<String>();
    var seen = new HashSet<String>();
    for (var row : rows) {
      TransferRow.Kind.of(row.kind())
          .ifPresent(kind -> {
            switch (kind) {
              case ADD -> added.add(row.loginId());
              case RETIRE -> leaving.add(row.loginId());
              case CHANGE, MOVE -> {}
            }
          });
    }
    var posts = new HashMap<UUID, Integer>();
    for (var row : rows) {
      new OneRow(row, register, added, leaving, posts, findings).check(seen.add(row.loginId()));
    }
    lastAdministrator(rows, register, leaving, findings);
    return findings;
  }

  private static void lastAdministrator(
      List<TransferRow> rows,
      Register register,
      Set<String> leaving,
      List<TransferFinding> findings) {
    var administrators =
        register.people().values().stream()
            .filter(person -> person.active() && person.administrator())
            .map(Person::loginId)
            .toList();
    if (!administrators.isEmpty() && leaving.containsAll(administrators)) {
      rows.stream()
          .filter(row -> row.loginId().equals(administrators.getLast()))
          .forEach(row ->
              findings.add(
                  new TransferFinding(
                      row.line(), "ログインID", Reason.LAST_ADMINISTRATOR, row.loginId())));
    }
  }

  /** One line and what it is held against. */
  private record OneRow(
      TransferRow row,
      Register register,
      Set<String> added,
      Set<String> leaving,
      Map<UUID, Integer> posts,
      List<TransferFinding> findings) {

    void check(boolean first) {
      var kind = TransferRow.Kind.of(row.kind());
      if (kind.isEmpty()) {
        wrong("区分", Reason.KIND_UNKNOWN, row.kind());
        return;
      }
      if (row.loginId().isEmpty()) {
        wrong("ログインID", Reason.LOGIN_MISSING, "");
        return;
      }
      if (!first) {
        wrong("ログインID", Reason.LOGIN_TWICE, row.loginId());
        return;
      }
      var person = Optional.ofNullable(register.people().get(row.loginId()));
      switch (kind.get()) {
        case ADD -> add(person);
        case CHANGE -> existing(person).ifPresent(_ -> change());
        case MOVE -> existing(person).ifPresent(this::move);
        case RETIRE -> existing(person).ifPresent(this::retire);
      }
    }

    private void add(Optional<Person> person) {
      if (person.isPresent()) {
        wrong("ログインID", Reason.LOGIN_TAKEN, row.loginId());
      } else if (!row.loginId().matches("[A-Za-z0-9._@+-]{1,100}")) {
        wrong("ログインID", Reason.LOGIN_UNFIT, row.loginId());
      }
      if (row.name().isEmpty()) {
        wrong("氏名", Reason.NAME_MISSING, "");
      }
      if (row.mail().isEmpty()) {
        wrong("メール", Reason.MAIL_MISSING, "");
      }
      nameAndMail();
      section().ifPresent(section -> post(section, false));
      rights(false);
    }

    private void change() {
      if (row.name().isEmpty() && row.mail().isEmpty()) {
        wrong("氏名", Reason.NOTHING_TO_CHANGE, "");
      }
      nameAndMail();
    }

    private void move(Person person) {
      var oneself = person.id().equals(register.giver());
      nameAndMail();
      section().ifPresent(section -> post(section, oneself));
      rights(oneself);
      successor();
    }

    private void retire(Person person) {
      if (person.id().equals(register.giver())) {
        wrong("ログインID", Reason.OWN_ACCOUNT, row.loginId());
      }
      successor();
    }

    private Optional<Person> existing(Optional<Person> person) {
      if (person.isEmpty()) {
        wrong("ログインID", Reason.LOGIN_UNKNOWN, row.loginId());
      } else if (!person.get().active()) {
        wrong("ログインID", Reason.ALREADY_ENDED, row.loginId());
        return Optional.empty();
      }
      return person;
    }

    private void nameAndMail() {
      var reader = new FormReader();
      reader.line("name", row.name(), 50, false);
      if (!row.mail().isEmpty()) {
        reader.mail("mail", row.mail());
      }
      if (reader.wrong().containsKey("name")) {
        wrong("氏名", Reason.NAME_UNFIT, row.name());
      }
      if (reader.wrong().containsKey("mail")) {
        wrong("メール", Reason.MAIL_UNFIT, row.mail());
      }
    }

    private Optional<UUID> section() {
      if (row.sectionCode().isEmpty()) {
        wrong("所属コード", Reason.SECTION_MISSING, "");
        return Optional.empty();
      }
      var section = Optional.ofNullable(register.sections().get(row.sectionCode()));
      if (section.isEmpty()) {
        wrong("所属コード", Reason.SECTION_UNKNOWN, row.sectionCode());
      }
      return section;
    }

    private void post(UUID section, boolean oneself) {
      if (row.post().isEmpty()) {
        return;
      }
      var post = register.posts().get(section + "/" + row.post());
      if (post == null) {
        wrong("職", Reason.POST_UNKNOWN, row.post());
      } else if (posts.putIfAbsent(post.id(), row.line()) != null) {
        wrong("職", Reason.POST_TWICE, row.post());
      } else if (oneself && post.carries().stream().anyMatch(Role::isForOthersOnly)) {
        wrong("職", Reason.ROLE_FOR_ONESELF, row.post());
      }
    }

    private void rights(boolean oneself) {
      var roles = roles(row.roles());
      if (roles.isEmpty()) {
        wrong("権限", Reason.ROLE_UNKNOWN, row.roles());
      } else if (oneself && roles.get().stream().anyMatch(Role::isForOthersOnly)) {
        wrong("権限", Reason.ROLE_FOR_ONESELF, row.roles());
      }
    }

    private void successor() {
      var heir = row.successor();
      if (heir.isEmpty()) {
        return;
      }
      var there =
          added.contains(heir)
              || Optional.ofNullable(register.people().get(heir)).map(Person::active).orElse(false);
      if (!there || heir.equals(row.loginId()) || leaving.contains(heir)) {
        wrong("後任", Reason.SUCCESSOR_UNFIT, heir);
      }
    }

    private void wrong(String field, Reason reason, String value) {
      findings.add(new TransferFinding(row.line(), field, reason, value));
    }
  }
}
