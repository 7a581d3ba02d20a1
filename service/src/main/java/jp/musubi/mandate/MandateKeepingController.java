package jp.musubi.mandate;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 委任を登録する、訂正する. */
@Controller
@Needs(Act.CHANGE_SUPPLIERS)
class MandateKeepingController {
  /** Of the form: only to propose the period; nothing is stored. */
  private static final String THIS_YEAR = "year";

  private final MandateRegister register;
  private final MandatePages pages;
  private final PaperIntake intake;
  private final MandateWords words;
  private final Organisations organisations;

  MandateKeepingController(
      MandateRegister register,
      MandatePages pages,
      PaperIntake intake,
      MandateWords words,
      Organisations organisations) {
    this.register = register;
    this.pages = pages;
    this.intake = intake;
    this.words = words;
    this.organisations = organisations;
  }

  /**
   * An empty form, or one that begins with what is known.
   *
   * @param parent of a 復代理
   * @param from which is taken over into the next year
   */
  @GetMapping("/suppliers/{supplier}/mandates/new")
  ModelAndView begin(
      @PathVariable UUID supplier,
      @RequestParam Optional<UUID> parent,
      @RequestParam Optional<UUID> from) {
    var above = parent.map(id -> of(id, supplier));
    var form =
        from.map(id -> MandateForm.takingOver(register.chain(of(id, supplier).id())))
            .orElseGet(() -> MandateForm.empty(above, organisations.today()));
    var typed = new HashMap<>(form.typed());
    typed.put("idempotencyKey", UUID.randomUUID().toString());
    parent.ifPresent(id -> typed.put("parent", id.toString()));
    from.ifPresent(id -> typed.put("takenOverFrom", id.toString()));
    return pages.adding(
        supplier, new MandateForm(typed, above), Map.of(), null, false, HttpStatus.OK);
  }

  @PostMapping("/suppliers/{supplier}/mandates")
  ModelAndView add(
      @PathVariable UUID supplier,
      @CurrentStaff StaffMember clerk,
      @RequestParam Map<String, String> typed,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(defaultValue = "save") String step,
      HttpServletRequest request,
      RedirectAttributes flash)
      throws IOException {
    var bare = new MandateForm(typed, Optional.empty());
    var above = bare.key("parent").map(id -> of(id, supplier));
    var form = new MandateForm(typed, above);
    if (step.equals(THIS_YEAR)) {
      return pages.adding(
          supplier,
          form.lasting(Year.of(organisations.today())),
          Map.of(),
          null,
          false,
          HttpStatus.OK);
    }
    var reader = new FormReader();
    var read = form.read(reader);
    above.ifPresent(parent -> within(reader, read, parent));
    var upload = Files.createTempFile("musubi-mandate", ".pdf");
    try {
      var paper = paper(reader, read, file, upload, Optional.empty());
      var scope = read.scope();
      if (!reader.wrong().isEmpty() || paper.isEmpty() || scope == null) {
        return pages.adding(
            supplier, form, reader.wrong(), null, false, HttpStatus.UNPROCESSABLE_CONTENT);
      }
      var given =
          new MandateRegister.Given(
              form.value("idempotencyKey"),
              new Mandate.Said(read.principal(), read.agent(), scope, paper.get()),
              Optional.of(upload),
              form.value("sure").equals("true"));
      var outcome =
          register.add(
              supplier,
              form.key("parent"),
              form.key("takenOverFrom"),
              given,
              clerk,
              request.getRemoteAddr());
      return switch (outcome) {
        case MandateRegister.Outcome.Done(var id) -> done(id, "mandate.added", flash);
        case MandateRegister.Outcome.Twice(var found) -> {
          // A form that was answered is another one when it is sent with another answer.
          var again = new HashMap<>(typed);
          again.put("idempotencyKey", UUID.randomUUID().toString());
          yield pages.adding(
              supplier,
              new MandateForm(again, above),
              Map.of(),
              pages.twice(found),
              true,
              HttpStatus.CONFLICT);
        }
        case MandateRegister.Outcome.Beyond _ ->
            pages.adding(
                supplier,
                form,
                Map.of(),
                Text.of("mandate.refused.parent"),
                false,
                HttpStatus.CONFLICT);
      };
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  @GetMapping("/mandates/{mandate}/correction")
  ModelAndView ask(@PathVariable UUID mandate) {
    var chain = register.chain(mandate);
    var form = MandateForm.of(chain);
    var typed = new HashMap<>(form.typed());
    typed.put("version", String.valueOf(chain.own().version()));
    return pages.correcting(
        chain.own(), new MandateForm(typed, chain.parent()), Map.of(), null, false, HttpStatus.OK);
  }

  @PostMapping("/mandates/{mandate}/correction")
  ModelAndView correct(
      @PathVariable UUID mandate,
      @CurrentStaff StaffMember clerk,
      @RequestParam Map<String, String> typed,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(defaultValue = "save") String step,
      @RequestParam(defaultValue = "-1") int version,
      HttpServletRequest request,
      RedirectAttributes flash)
      throws IOException {
    var chain = register.chain(mandate);
    var form = new MandateForm(typed, chain.parent());
    if (step.equals(THIS_YEAR)) {
      return pages.correcting(
          chain.own(),
          form.lasting(Year.of(organisations.today())),
          Map.of(),
          null,
          false,
          HttpStatus.OK);
    }
    var reader = new FormReader();
    var read = form.read(reader);
    var reason = reader.line("reason", form.value("reason"), 200, true);
    chain.parent().ifPresent(parent -> within(reader, read, parent));
    var upload = Files.createTempFile("musubi-mandate", ".pdf");
    try {
      var paper = paper(reader, read, file, upload, Optional.of(chain.own().said().paper()));
      var scope = read.scope();
      if (!reader.wrong().isEmpty() || paper.isEmpty() || scope == null) {
        return pages.correcting(
            chain.own(), form, reader.wrong(), null, false, HttpStatus.UNPROCESSABLE_CONTENT);
      }
      var given =
          new MandateRegister.Given(
              "",
              new Mandate.Said(read.principal(), read.agent(), scope, paper.get()),
              file == null || file.isEmpty() ? Optional.empty() : Optional.of(upload),
              form.value("sure").equals("true"));
      return switch (register.correct(
          mandate, version, given, reason, clerk, request.getRemoteAddr())) {
        case MandateRegister.Outcome.Done(var id) -> done(id, "mandate.corrected", flash);
        case MandateRegister.Outcome.Twice(var found) ->
            pages.correcting(
                chain.own(), form, Map.of(), pages.twice(found), true, HttpStatus.CONFLICT);
        case MandateRegister.Outcome.Beyond _ ->
            pages.correcting(
                chain.own(),
                form,
                Map.of(),
                Text.of("mandate.refused.parent"),
                false,
                HttpStatus.CONFLICT);
      };
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  private Mandate of(UUID id, UUID supplier) {
    var found = register.get(id);
    if (!found.holder().id().equals(supplier)) {
      throw new NotFound("mandate " + id + " of supplier " + supplier);
    }
    return found;
  }

  private void within(FormReader reader, MandateForm.Read read, Mandate parent) {
    var scope = read.scope();
    if (scope != null) {
      var above = parent.said().scope();
      MandateForm.reject(reader, Excess.of(scope, above), above, words);
    }
  }

  /** The 委任状 that came with the form, or the one that is there. */
  private Optional<Mandate.Paper> paper(
      FormReader reader,
      MandateForm.Read read,
      @Nullable MultipartFile file,
      Path upload,
      Optional<Mandate.Paper> kept)
      throws IOException {
    var number = read.paper().number();
    var on = read.paper().on();
    if (file == null || file.isEmpty()) {
      if (kept.isEmpty()) {
        reader.reject("file", "mandate.wrong.file");
      }
      return kept.map(
          old -> new Mandate.Paper(number, on, old.name(), old.bytes(), old.pages(), old.sha256()));
    }
    file.transferTo(upload);
    return switch (intake.look(upload, file.getOriginalFilename())) {
      case PaperIntake.Looked.Unfit(var why) -> {
        reader.reject("file", "mandate.wrong.unfit", why);
        yield Optional.empty();
      }
      case PaperIntake.Looked.Fit(var name, var bytes, var count, var sha256) ->
          Optional.of(new Mandate.Paper(number, on, name, bytes, count, sha256));
    };
  }

  private static ModelAndView done(UUID id, String key, RedirectAttributes flash) {
    flash.addFlashAttribute("done", key);
    return new ModelAndView("redirect:/mandates/" + id);
  }
}
