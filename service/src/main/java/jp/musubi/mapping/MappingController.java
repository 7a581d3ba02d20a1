package jp.musubi.mapping;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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

/** 対応付けの登録: hand in a list of the other system, say what each column is, look, save. */
@Controller
@RequestMapping("/settings/mappings")
@Needs(Act.CHANGE_SETTINGS)
class MappingController {
  static final String PATH = "/settings/mappings";

  /** Largest file in bytes. */
  static final long MOST_BYTES = 10L << 20;

  private final Mappings mappings;
  private final MappingPages pages;

  MappingController(Mappings mappings, MappingPages pages) {
    this.mappings = mappings;
    this.pages = pages;
  }

  @GetMapping
  ModelAndView list() {
    return pages.list(mappings.open());
  }

  @GetMapping("/new")
  ModelAndView begin() {
    return pages.begin(MappingForm.empty(), Map.of(), null, HttpStatus.OK);
  }

  @GetMapping("/{mapping}")
  ModelAndView show(@PathVariable UUID mapping) {
    return pages.mapping(mappings.get(mapping));
  }

  @GetMapping("/{mapping}/change")
  ModelAndView change(@PathVariable UUID mapping) {
    return pages.begin(MappingForm.of(mappings.get(mapping)), Map.of(), null, HttpStatus.OK);
  }

  /** The list is read, and what its headings suggest is proposed. Changes nothing. */
  @PostMapping("/sample")
  ModelAndView sample(
      @ModelAttribute MappingForm typed,
      @RequestParam(required = false) @Nullable MultipartFile file)
      throws IOException {
    var reader = new FormReader();
    var shape = typed.read(reader);
    if (file == null || file.isEmpty()) {
      reader.reject("file", "csv.missing");
    } else if (file.getSize() > MOST_BYTES) {
      reader.reject("file", "mapping.unfit.bytes");
    }
    if (file == null || !reader.wrong().isEmpty() || shape.isEmpty()) {
      return pages.begin(typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (ForeignList.first(file.getBytes(), shape.get().layout(), Sample.LINES)) {
      case ForeignList.Reading.Unfit(var why) ->
          pages.begin(typed, Map.of(), why, HttpStatus.UNPROCESSABLE_CONTENT);
      case ForeignList.Reading.Read(var list) when list.lines().isEmpty() ->
          pages.begin(
              typed, Map.of(), Text.of("mapping.unfit.empty"), HttpStatus.UNPROCESSABLE_CONTENT);
      case ForeignList.Reading.Read(var list) -> {
        var target = shape.get().target();
        var rules = Likeness.propose(target, list.headings());
        // What a person has said before goes before what headings suggest.
        typed
            .changes()
            .map(mappings::get)
            .filter(before -> before.target() == target)
            .ifPresent(before -> {
              rules.clear();
              rules.putAll(before.rules());
            });
        yield pages.fields(
            typed.carrying(Sample.written(list)),
            target,
            list,
            RuleForm.of(rules),
            Map.of(),
            null,
            HttpStatus.OK);
      }
    };
  }

  /** 「見本で確かめる」 and 「保存する」. */
  @PostMapping("/fields")
  ModelAndView fields(
      @ModelAttribute MappingForm typed,
      @RequestParam Map<String, String> parameters,
      @RequestParam(defaultValue = "look") String step,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var shape = typed.read(new FormReader());
    var sample = Sample.read(typed.sample() == null ? "" : typed.sample());
    if (shape.isEmpty() || sample.isEmpty()) {
      return pages.begin(
          typed, Map.of(), Text.of("mapping.wrong.sample"), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var form = new RuleForm(parameters);
    var target = shape.get().target();
    var reader = new FormReader();
    var rules = form.read(target, reader);
    if (!reader.wrong().isEmpty() || !step.equals("save")) {
      return pages.fields(
          typed,
          target,
          sample.get(),
          form,
          reader.wrong(),
          null,
          reader.wrong().isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var missing = Mapping.missing(target, rules);
    if (missing.isPresent()) {
      return pages.fields(
          typed,
          target,
          sample.get(),
          form,
          Map.of(),
          missing.get(),
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var mapping =
        new Mapping(
            typed.changes().orElseGet(UUID::randomUUID),
            shape.get().name(),
            target,
            shape.get().layout(),
            rules,
            typed.changes().isPresent() ? typed.readVersion() : 0);
    var ip = request.getRemoteAddr();
    var outcome =
        typed.changes().isPresent()
            ? mappings.change(mapping, giver.actor(), ip)
            : mappings.add(mapping, giver.actor(), ip);
    if (outcome != Mappings.Outcome.DONE) {
      return pages.fields(
          typed,
          target,
          sample.get(),
          form,
          Map.of(),
          Text.of("mapping.wrong." + outcome, Mapping.MOST + ""),
          HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "mapping.saved");
    return new ModelAndView("redirect:" + PATH + "/" + mapping.id());
  }

  @PostMapping("/{mapping}/end")
  String end(
      @PathVariable UUID mapping,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    mappings.end(mapping, giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "mapping.ended");
    return "redirect:" + PATH;
  }

  /** A list as the example's system would write it. */
  @GetMapping("/examples/{example}.csv")
  ResponseEntity<byte[]> example(@PathVariable Example example) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/csv; charset=UTF-8")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"example-"
                + example.name().toLowerCase(java.util.Locale.ROOT)
                + ".csv\"")
        .body(("\uFEFF" + example.csv()).getBytes(StandardCharsets.UTF_8));
  }

  /** An example with its own list, to go on from. */
  @GetMapping("/examples/{example}")
  ModelAndView fromExample(@PathVariable Example example) {
    return pages.fields(example);
  }
}
