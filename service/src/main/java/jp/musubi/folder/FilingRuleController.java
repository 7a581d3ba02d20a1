package jp.musubi.folder;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractKind;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 振り分けの規則: their order, and what each would file, before it is kept. */
@Controller
@RequestMapping("/settings/filing")
@Needs(Act.CHANGE_SETTINGS)
class FilingRuleController {
  private static final String PATH = "/settings/filing";

  private final FilingRules rules;
  private final Folders folders;
  private final Places places;
  private final SectionRegister sections;
  private final Organisations organisations;
  private final Book book;

  FilingRuleController(
      FilingRules rules,
      Folders folders,
      Places places,
      SectionRegister sections,
      Organisations organisations,
      Book book) {
    this.rules = rules;
    this.folders = folders;
    this.places = places;
    this.sections = sections;
    this.organisations = organisations;
    this.book = book;
  }

  /** The list. */
  record Page(List<Crumb> crumbs, boolean full, boolean anyFolder, List<Line> lines) {}

  /** One rule: its number, what it asks, where it leads. */
  record Line(UUID id, int number, String asks, String folder) {}

  /**
   * The form.
   *
   * @param trial what it would file; null until somebody wants to see it
   */
  record Sheet(
      String heading,
      List<Crumb> crumbs,
      String path,
      List<Field> fields,
      @Nullable Text refusal,
      FilingRules.@Nullable Trial trial) {}

  @GetMapping
  ModelAndView list() {
    var lines = new ArrayList<Line>();
    var tree = folders.all();
    for (var rule : rules.all()) {
      lines.add(
          new Line(
              rule.id().orElseThrow(), lines.size() + 1, asks(rule), tree.fullName(rule.folder())));
    }
    return new ModelAndView(
        "folder/rules",
        "page",
        new Page(crumbs(), lines.size() >= FilingRules.MOST, !tree.sections().isEmpty(), lines));
  }

  @GetMapping("/new")
  ModelAndView fresh(@CurrentStaff StaffMember giver) {
    return sheet(
        Optional.empty(),
        new FilingRuleForm(null, null, null, null, null),
        Map.of(),
        giver,
        null,
        null);
  }

  @PostMapping
  ModelAndView add(
      @ModelAttribute FilingRuleForm form,
      @RequestParam(required = false) @Nullable String step,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request) {
    return settled(Optional.empty(), form, step, giver, request);
  }

  @GetMapping("/{rule}/change")
  ModelAndView change(@PathVariable UUID rule, @CurrentStaff StaffMember giver) {
    var current = rules.get(rule);
    return sheet(
        Optional.of(rule),
        FilingRuleForm.of(current),
        Map.of(),
        giver,
        null,
        rules.tried(current, Authorisation.reach(giver, Act.SEE_CONTRACT)));
  }

  @PostMapping("/{rule}/change")
  ModelAndView changed(
      @PathVariable UUID rule,
      @ModelAttribute FilingRuleForm form,
      @RequestParam(required = false) @Nullable String step,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request) {
    rules.get(rule);
    return settled(Optional.of(rule), form, step, giver, request);
  }

  @PostMapping("/{rule}/place")
  String raise(
      @PathVariable UUID rule, @CurrentStaff StaffMember giver, HttpServletRequest request) {
    rules.raise(rule, giver.actor(), request.getRemoteAddr());
    return "redirect:" + PATH;
  }

  @PostMapping("/{rule}/removal")
  String remove(
      @PathVariable UUID rule, @CurrentStaff StaffMember giver, HttpServletRequest request) {
    rules.remove(rule, giver.actor(), request.getRemoteAddr());
    return "redirect:" + PATH;
  }

  private ModelAndView settled(
      Optional<UUID> id,
      FilingRuleForm form,
      @Nullable String step,
      StaffMember giver,
      HttpServletRequest request) {
    var reader = new FormReader();
    var read = form.read(reader, id, offered(giver, form));
    if (read.isEmpty()) {
      return sheet(id, form, reader.wrong(), giver, null, null);
    }
    var rule = read.get();
    if ("try".equals(step)) {
      var trial = rules.tried(rule, Authorisation.reach(giver, Act.SEE_CONTRACT));
      return sheet(id, form, Map.of(), giver, null, trial);
    }
    if (id.isPresent()) {
      rules.change(id.get(), rule, giver.actor(), request.getRemoteAddr());
    } else if (!rules.add(rule, giver.actor(), request.getRemoteAddr())) {
      var full = Text.of("folder.rule.refusal.full", String.valueOf(FilingRules.MOST));
      return sheet(id, form, Map.of(), giver, full, null);
    }
    return new ModelAndView("redirect:" + PATH);
  }

  private ModelAndView sheet(
      Optional<UUID> id,
      FilingRuleForm form,
      Map<String, Text> wrong,
      StaffMember giver,
      @Nullable Text refusal,
      FilingRules.@Nullable Trial trial) {
    var heading = book.of(id.isPresent() ? "folder.rule.change" : "folder.rule.new");
    var path = id.map(rule -> PATH + "/" + rule + "/change").orElse(PATH);
    var crumbs = new ArrayList<>(crumbs());
    crumbs.add(new Crumb(heading, path));
    var page =
        new ModelAndView(
            "folder/rule",
            "page",
            new Sheet(
                heading, crumbs, path, form.fields(wrong, offered(giver, form)), refusal, trial));
    page.setStatus(
        wrong.isEmpty() && refusal == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  /** Folders that the giver sees, and beside them the one that the rule has already. */
  private FilingRuleForm.Offered offered(StaffMember giver, FilingRuleForm form) {
    var into = new ArrayList<>(places.ofContracts(giver, book.of("folder.rule.choose"), _ -> true));
    var current = form.folder();
    if (current != null && into.stream().noneMatch(each -> each.value().equals(current))) {
      rules.all().stream()
          .filter(rule -> rule.folder().toString().equals(current))
          .findFirst()
          .ifPresent(rule -> into.add(new Option(current, folders.all().fullName(rule.folder()))));
    }
    var any = new Option("", book.of("folder.rule.any"));
    var tree = sections.tree(organisations.today());
    return new FilingRuleForm.Offered(
        into,
        Stream.concat(
                Stream.of(any),
                Arrays.stream(ContractKind.values())
                    .map(kind -> new Option(kind.name(), book.of("contract.kind." + kind))))
            .toList(),
        Stream.concat(
                Stream.of(any),
                tree.inOrder().stream()
                    .map(placed -> placed.term().section())
                    .map(section -> new Option(section.toString(), tree.fullName(section))))
            .toList());
  }

  private String asks(FilingRule rule) {
    var asks = new ArrayList<String>();
    rule.kind().ifPresent(kind -> asks.add(book.of("contract.kind." + kind)));
    rule.section().ifPresent(section -> asks.add(places.cabinet(section)));
    if (!rule.titleHas().isEmpty()) {
      asks.add(book.of("folder.rule.title.of", rule.titleHas()));
    }
    if (!rule.partyHas().isEmpty()) {
      asks.add(book.of("folder.rule.party.of", rule.partyHas()));
    }
    return String.join("、", asks);
  }

  private List<Crumb> crumbs() {
    return List.of(
        book.crumb("contract.crumb.home", "/"),
        book.crumb("settings.title", "/settings"),
        book.crumb("folder.rules", PATH));
  }
}
