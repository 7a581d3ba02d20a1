package jp.musubi.staff.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Target;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.Invitations;
import jp.musubi.staff.OpenWork;
import jp.musubi.staff.Posts;
import jp.musubi.staff.SecondFactors;
import jp.musubi.staff.StaffEntry;
import jp.musubi.staff.StaffMember;
import jp.musubi.staff.StaffRegister;
import jp.musubi.staff.StaffSessions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the page of one member of staff together. */
@Component
class MemberSheets {
  private final StaffRegister register;
  private final Invitations invitations;
  private final Posts posts;
  private final OpenWork work;
  private final SecondFactors factors;
  private final StaffSessions sessions;
  private final Organisations organisations;
  private final Book book;

  MemberSheets(
      StaffRegister register,
      Invitations invitations,
      Posts posts,
      OpenWork work,
      SecondFactors factors,
      StaffSessions sessions,
      Organisations organisations,
      Book book) {
    this.register = register;
    this.invitations = invitations;
    this.posts = posts;
    this.work = work;
    this.factors = factors;
    this.sessions = sessions;
    this.organisations = organisations;
    this.book = book;
  }

  Sheet of(UUID id, StaffMember reader) {
    var entry = register.get(id);
    var mayChange =
        Authorisation.decide(
                reader,
                Act.CHANGE_MEMBER,
                new Target(organisations.pathOf(entry.sectionId()), java.util.Set.of()))
            == Authorisation.Answer.ALLOWED;
    return Sheet.of(
            entry.name(),
            List.of(
                People.home(book),
                book.crumb("staff.list", "/staff"),
                new Crumb(entry.name(), "/staff/" + id)))
        .warning(warning(entry))
        .with(facts(entry, reader))
        .doing(mayChange ? actions(entry, reader) : List.of())
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("staff.grants"),
                    List.of("staff.role", "staff.scope", "staff.grantUntil", "people.action"),
                    register.grants(id).stream().map(grant -> grant(id, grant, mayChange)).toList(),
                    "staff.grants.none"),
                new Sheet.Table(
                    Text.of("staff.posts"),
                    List.of("post.title", "post.carries"),
                    posts.heldBy(id).stream().map(this::post).toList(),
                    "staff.posts.none"),
                new Sheet.Table(
                    Text.of("staff.sessions"),
                    List.of(
                        "staff.sessions.device",
                        "staff.sessions.ip",
                        "staff.sessions.used",
                        "people.action"),
                    sessions.of(id).stream().map(open -> session(id, open, mayChange)).toList(),
                    "staff.sessions.none")));
  }

  private static @Nullable Text warning(StaffEntry entry) {
    if (!entry.active()) {
      return Text.of("staff.isEnded");
    }
    return entry
        .suspendedAt()
        .map(since -> Text.of("staff.isSuspended", JapaneseDates.date(since)))
        .orElse(null);
  }

  private List<Fact> facts(StaffEntry entry, StaffMember reader) {
    var open = work.count(entry.id(), Authorisation.reach(reader, Act.SEE_CONTRACT));
    return List.of(
        Fact.of("staff.signin.login", entry.loginId()),
        Fact.of(
            "staff.section",
            organisations.section(entry.sectionId()).map(Section::name).orElse("")),
        Fact.of("staff.mail", entry.mail()),
        Fact.of("staff.invitation", standing(entry)),
        Fact.of(
            "staff.lastSignIn",
            entry
                .lastSignedInAt()
                .map(JapaneseDates::time)
                .orElseGet(() -> book.of("staff.neverSignedIn"))),
        Fact.of(
            "staff.factors.title",
            book.of(factors.registered(entry.id()) ? "staff.factors.some" : "staff.factors.no")),
        Fact.of("staff.openWork", book.of("staff.openWork.count", open)));
  }

  private String standing(StaffEntry entry) {
    return switch (invitations.standing(entry.id())) {
      case Invitations.Standing.None _ ->
          entry
              .passwordSetAt()
              .map(at -> book.of("staff.invitation.used", JapaneseDates.time(at)))
              .orElseGet(() -> book.of("staff.invitation.no"));
      case Invitations.Standing.Open(var until) ->
          book.of("staff.invitation.open", JapaneseDates.time(until));
      case Invitations.Standing.Expired(var at) ->
          book.of("staff.invitation.expired", JapaneseDates.time(at));
      case Invitations.Standing.Used(var at) ->
          book.of("staff.invitation.used", JapaneseDates.time(at));
    };
  }

  private List<Sheet.Action> actions(StaffEntry entry, StaffMember reader) {
    var path = "/staff/" + entry.id();
    var actions = new ArrayList<Sheet.Action>();
    if (entry.suspendedAt().isPresent()) {
      actions.add(Sheet.Action.press("staff.release", path + "/release", Map.of()));
    }
    if (entry.active()) {
      actions.add(Sheet.Action.first("staff.grant", path + "/grants/new"));
      actions.add(Sheet.Action.link("staff.change", path + "/change"));
      actions.add(Sheet.Action.press("staff.reinvite", path + "/invitation", Map.of()));
    }
    // Always, so that it tells nothing of contracts that are kept from the reader.
    actions.add(Sheet.Action.link("staff.handover", path + "/handover"));
    if (!entry.id().equals(reader.id())) {
      if (entry.active() && Act.RESET_FACTORS.roles().stream().anyMatch(reader::may)) {
        actions.add(Sheet.Action.link("staff.reset", path + "/factors"));
      }
      actions.add(
          entry.active()
              ? Sheet.Action.link("staff.disable", path + "/end")
              : Sheet.Action.press("staff.enable", path + "/reopening", Map.of()));
    }
    return actions;
  }

  private List<Sheet.Cell> grant(UUID id, StaffRegister.StoredGrant grant, boolean mayChange) {
    var action =
        Sheet.Action.press(
            "staff.endGrant", "/staff/" + id + "/grants/" + grant.id() + "/end", Map.of());
    return List.of(
        Sheet.Cell.of(book.of("role." + grant.grant().role()))
            .noted(grant.byGroup() ? book.of("staff.grant.byGroup") : null),
        Sheet.Cell.of(scope(grant.grant())),
        Sheet.Cell.of(
            grant.until().map(JapaneseDates::time).orElseGet(() -> book.of("people.open"))),
        // It would come back at the next sign-in: the group or the list is to be changed.
        mayChange && !grant.byGroup() ? Sheet.Cell.of(action) : Sheet.Cell.of(""));
  }

  private List<Sheet.Cell> session(UUID id, StaffSessions.Open open, boolean mayChange) {
    var action =
        Sheet.Action.press(
            "staff.sessions.end", "/staff/" + id + "/sessions/" + open.id() + "/end", Map.of());
    return List.of(
        Sheet.Cell.of(open.device()),
        Sheet.Cell.of(open.ip()),
        Sheet.Cell.of(JapaneseDates.time(open.used())),
        mayChange ? Sheet.Cell.of(action) : Sheet.Cell.of(""));
  }

  private List<Sheet.Cell> post(Posts.Post post) {
    return List.of(
        Sheet.Cell.link(post.title(), "/posts/" + post.id()),
        Sheet.Cell.of(
            String.join(
                "・", post.carries().stream().map(role -> book.of("role." + role)).toList())));
  }

  private String scope(Grant grant) {
    return grant.section() == null
        ? book.of("staff.wholeBody")
        : organisations.section(grant.section()).map(Section::name).orElse("");
  }
}
