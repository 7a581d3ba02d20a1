package jp.musubi.closure;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.FreshProof;
import jp.musubi.staff.Proving;
import jp.musubi.staff.Reauthentication;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** What the pages of both sides have in common. */
@Component
class ClosurePages {
  private final Reauthentication reauthentication;
  private final FreshProof proofs;
  private final Book book;

  ClosurePages(Reauthentication reauthentication, FreshProof proofs, Book book) {
    this.reauthentication = reauthentication;
    this.proofs = proofs;
    this.book = book;
  }

  /** What was typed besides, and who types. */
  record Typed(SignedInStaff person, boolean confirmed, @Nullable String password, String code) {}

  List<Crumb> crumbs(String heading, String path, Crumb... more) {
    var crumbs = new ArrayList<Crumb>();
    crumbs.add(book.crumb("people.crumb.home", "/"));
    if (path.equals(ClosureController.PATH)) {
      crumbs.add(book.crumb("settings.title", "/settings"));
    }
    crumbs.add(book.crumb(heading, path));
    crumbs.addAll(List.of(more));
    return crumbs;
  }

  String state(Closure closure) {
    return book.of("closure.state." + closure.state());
  }

  List<Fact> facts(Closure closure) {
    var request = closure.request();
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("closure.state", state(closure)));
    facts.add(Fact.of("closure.body", request.name() + "（" + request.code() + "）"));
    facts.add(Fact.of("closure.reason", request.reason()));
    facts.add(Fact.of("closure.useUntil", JapaneseDates.date(request.useUntil())));
    facts.add(new Fact("closure.contact", request.contactName(), request.contactMail()));
    facts.add(
        Fact.of(
            "closure.wantsWitness",
            book.of(request.wantsWitness() ? "closure.yes" : "closure.no")));
    mark(facts, "closure.proposed", closure.proposed());
    mark(facts, "closure.confirmed", closure.confirmed());
    if (closure.due() != null) {
      facts.add(Fact.of("closure.due", JapaneseDates.date(closure.due())));
    }
    mark(facts, "closure.ordered", closure.ordered());
    if (closure.witness() != null) {
      facts.add(Fact.of("closure.witness", closure.witness()));
    }
    mark(facts, "closure.approved", closure.approved());
    if (closure.cancelled() != null) {
      facts.add(
          new Fact(
              "closure.cancelled",
              closure.cancelled().name() + "　" + moment(closure.cancelled().at()),
              closure.cancelled().why()));
    }
    if (closure.beganAt() != null) {
      facts.add(Fact.of("closure.began", moment(closure.beganAt())));
    }
    return facts;
  }

  /** The boxes are read before anybody is asked to prove anything. */
  Map<String, Text> read(Typed typed, FormReader reader, HttpServletRequest request) {
    if (!typed.confirmed()) {
      reader.reject("confirmed", "contract.wrong.confirm");
    }
    reauthentication.shown(typed.person(), typed.password(), typed.code(), reader, request);
    return reader.wrong();
  }

  ModelAndView step(
      Closure closure,
      String words,
      List<Crumb> crumbs,
      String path,
      String back,
      List<Field> more,
      SignedInStaff person,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpServletRequest request) {
    var proof = Proving.of(proofs, request.getSession(), person, path);
    var fields = new ArrayList<>(more);
    fields.add(
        Field.required("confirmed", words + ".box").drawn(Form.TICK).wrong(wrong.get("confirmed")));
    fields.addAll(reauthentication.fields(person, proof, wrong));
    var page =
        new ModelAndView(
            "closure/step",
            "page",
            new StepPage(words, crumbs, facts(closure), path, back, fields, refusal, proof));
    page.setStatus(
        refusal != null
            ? HttpStatus.CONFLICT
            : wrong.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  /** A form of the body without a proof. */
  ModelAndView form(
      String words,
      String path,
      List<Field> fields,
      Map<String, Text> wrong,
      @Nullable Text refusal) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of(words),
                    crumbs(
                        "closure.heading", ClosureController.PATH, new Crumb(book.of(words), path)),
                    path,
                    fields,
                    words + ".submit",
                    ClosureController.PATH)
                .led(Text.of(words + ".lead"))
                .refused(refusal));
    page.setStatus(
        refusal != null
            ? HttpStatus.CONFLICT
            : wrong.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  static @Nullable Text words(Optional<Refusal> refusal) {
    return refusal.map(why -> Text.of("closure.refusal." + why)).orElse(null);
  }

  private void mark(List<Fact> facts, String label, Closure.@Nullable Mark mark) {
    if (mark != null) {
      facts.add(Fact.of(label, mark.name() + "　" + moment(mark.at())));
    }
  }

  private static String moment(Instant at) {
    return JapaneseDates.time(at);
  }
}
