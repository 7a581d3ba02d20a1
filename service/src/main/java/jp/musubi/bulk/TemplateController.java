package jp.musubi.bulk;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.authority.Role;
import jp.musubi.contract.Intake;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.inspection.FindingMessages;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** ひな形: the list, a new one, one of them with its boxes and pages. */
@Controller
@RequestMapping("/templates")
@Needs(Act.KEEP_TEMPLATES)
class TemplateController {
  private final Templates templates;
  private final TemplatePreview preview;
  private final Organisations organisations;
  private final Book book;

  TemplateController(
      Templates templates, TemplatePreview preview, Organisations organisations, Book book) {
    this.templates = templates;
    this.preview = preview;
    this.organisations = organisations;
    this.book = book;
  }

  /** A page's picture. */
  record Picture(String path, String alt) {}

  @GetMapping
  ModelAndView list(@CurrentStaff StaffMember by) {
    return Screens.sheet(
        Sheet.of(book.of("bulk.templates"), crumbs())
            .led(Text.of("bulk.templates.lead"))
            .doing(List.of(Sheet.Action.first("bulk.template.new", "/templates/new")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("bulk.templates"),
                        List.of("bulk.template.name", "contract.field.kind", "bulk.template.scope"),
                        templates.usable(by).stream().map(this::row).toList(),
                        "bulk.templates.none"))));
  }

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping("/new")
  ModelAndView begin(@CurrentStaff StaffMember by) {
    return form(TemplateForm.empty(), Map.of(), null, by, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView make(
      @CurrentStaff StaffMember by,
      @ModelAttribute TemplateForm typed,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request,
      RedirectAttributes flash)
      throws IOException {
    var reader = new FormReader();
    var like = typed.read(reader, by.sectionId());
    if (Screens.isEmpty(file)) {
      reader.reject("file", "contract.wrong.file");
    }
    if (!reader.wrong().isEmpty() || file == null) {
      return form(typed, reader.wrong(), null, by, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var upload = Files.createTempFile("musubi-template", ".pdf");
    try {
      file.transferTo(upload);
      var name = Screens.name(file, "template.pdf");
      return switch (templates.take(
          upload, name, like.orElseThrow(), by, request.getRemoteAddr())) {
        case Intake.Keeping.Kept<UUID>(var id, _) -> done(id, "bulk.template.made", flash);
        case Intake.Keeping.Rejected<UUID>(var reasons) ->
            form(
                typed,
                Map.of(),
                Text.of(
                    "bulk.template.refused",
                    reasons.stream()
                        .map(each -> FindingMessages.of(each, Locale.JAPAN))
                        .distinct()
                        .collect(Collectors.joining(" "))),
                by,
                HttpStatus.UNPROCESSABLE_CONTENT);
      };
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  @GetMapping("/{template}")
  ModelAndView show(@PathVariable UUID template, @CurrentStaff StaffMember by) {
    return page(templates.get(template, by), by);
  }

  /** One page with its boxes, as they will be filled. */
  @GetMapping("/{template}/pages/{number}.png")
  ResponseEntity<byte[]> image(
      @PathVariable UUID template, @PathVariable int number, @CurrentStaff StaffMember by) {
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.noStore())
        .body(preview.page(templates.get(template, by), number));
  }

  /** The headings of a list for it, as UTF-8 with the mark that spreadsheets look for. */
  @GetMapping("/{template}/list.csv")
  ResponseEntity<byte[]> list(@PathVariable UUID template, @CurrentStaff StaffMember by) {
    var form = templates.get(template, by);
    return CsvOut.download(form.name() + ".csv", List.of(form.headings()));
  }

  @PostMapping("/{template}/copy")
  ModelAndView copy(
      @PathVariable UUID template,
      @CurrentStaff StaffMember by,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        templates.copy(template, by, request.getRemoteAddr()), "bulk.template.copied", flash);
  }

  @PostMapping("/{template}/retirement")
  ModelAndView retire(
      @PathVariable UUID template,
      @CurrentStaff StaffMember by,
      HttpServletRequest request,
      RedirectAttributes flash) {
    templates.retire(template, by, request.getRemoteAddr());
    flash.addFlashAttribute("done", "bulk.template.retired");
    return new ModelAndView("redirect:/templates");
  }

  private static ModelAndView done(UUID id, String done, RedirectAttributes flash) {
    flash.addFlashAttribute("done", done);
    return new ModelAndView("redirect:/templates/" + id);
  }

  private ModelAndView page(Template template, StaffMember by) {
    var path = "/templates/" + template.id();
    var keeps = templates.keeps(by, template);
    var actions = new ArrayList<Sheet.Action>();
    if (keeps && template.mayChange()) {
      actions.add(Sheet.Action.first("bulk.field.new", path + "/fields/new"));
    }
    actions.add(Sheet.Action.link("bulk.template.csv", path + "/list.csv"));
    if (keeps && template.retiredAt().isEmpty()) {
      actions.add(Sheet.Action.press("bulk.template.copy", path + "/copy", Map.of()));
      actions.add(Sheet.Action.press("bulk.template.retire", path + "/retirement", Map.of()));
    }
    return Screens.sheet(
            Sheet.of(
                    template.name(),
                    Screens.crumbs(
                        book,
                        book.crumb("bulk.templates", "/templates"),
                        new Crumb(template.name(), path)))
                .led(
                    Text.of(
                        template.mayChange() ? "bulk.template.lead" : "bulk.template.lead.stays"))
                .with(
                    List.of(
                        Fact.of("contract.field.kind", book.of("contract.kind." + template.kind())),
                        Fact.of("bulk.template.scope", scope(template)),
                        Fact.of("bulk.template.file", template.document().fileName()),
                        Fact.of("bulk.template.columns", String.join("、", template.headings()))))
                .doing(actions)
                .listing(
                    List.of(
                        new Sheet.Table(
                            Text.of("bulk.fields"),
                            List.of(
                                "bulk.field.name",
                                "bulk.field.type",
                                "bulk.field.place",
                                "bulk.field.removal"),
                            template.fields().stream()
                                .map(field -> row(template, field, keeps))
                                .toList(),
                            "bulk.fields.none"))))
        .addObject(
            "pictures",
            IntStream.rangeClosed(1, template.document().pages())
                .mapToObj(number ->
                    new Picture(
                        path + "/pages/" + number + ".png",
                        book.of("bulk.template.picture", number)))
                .toList());
  }

  private List<Sheet.Cell> row(Template template) {
    return List.of(
        Sheet.Cell.link(template.name(), "/templates/" + template.id()),
        Sheet.Cell.of(book.of("contract.kind." + template.kind())),
        Sheet.Cell.of(scope(template)));
  }

  private List<Sheet.Cell> row(Template template, MergeField field, boolean keeps) {
    var path = "/templates/" + template.id() + "/fields/" + field.id();
    var changes = keeps && template.mayChange();
    return List.of(
        changes ? Sheet.Cell.link(field.name(), path + "/change") : Sheet.Cell.of(field.name()),
        Sheet.Cell.of(book.of("bulk.field.type." + field.type()))
            .noted(field.mandatory() ? book.of("bulk.field.mandatory.yes") : null),
        Sheet.Cell.of(
            book.of(
                "bulk.field.place.of",
                String.valueOf(field.page()),
                FormReader.tenths(field.left()),
                FormReader.tenths(field.top()),
                FormReader.tenths(field.width()),
                FormReader.tenths(field.height()),
                FormReader.tenths(field.size()))),
        changes
            ? Sheet.Cell.of(Sheet.Action.press("bulk.field.remove", path + "/removal", Map.of()))
            : Sheet.Cell.of(""));
  }

  private String scope(Template template) {
    return template
        .section()
        .map(id -> organisations.section(id).map(Section::name).orElse(""))
        .orElseGet(() -> book.of("bulk.template.scope.body"));
  }

  private List<Crumb> crumbs() {
    return Screens.crumbs(book, book.crumb("bulk.templates", "/templates"));
  }

  private ModelAndView form(
      TemplateForm typed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      StaffMember by,
      HttpStatus status) {
    var scopes = new ArrayList<Option>();
    if (templates.keeps(by, Optional.of(by.sectionId()))) {
      scopes.add(
          new Option("own", organisations.section(by.sectionId()).map(Section::name).orElse("")));
    }
    if (by.may(Role.BODY_ADMIN)) {
      scopes.add(new Option("body", book.of("bulk.template.scope.body")));
    }
    return Screens.form(
        Form.of(
                book.of("bulk.template.new"),
                Screens.crumbs(
                    book,
                    book.crumb("bulk.templates", "/templates"),
                    book.crumb("bulk.template.new", "/templates/new")),
                "/templates",
                typed.fields(wrong, scopes, book),
                "bulk.template.new.submit",
                "/templates")
            .led(Text.of("bulk.template.new.lead"))
            .refused(refusal),
        status);
  }
}
