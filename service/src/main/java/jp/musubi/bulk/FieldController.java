package jp.musubi.bulk;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
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
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 差し込み欄: put a box on a page, move it, take it away. */
@Controller
@RequestMapping("/templates/{template}/fields")
@Needs(Act.KEEP_TEMPLATES)
class FieldController {
  private final Templates templates;
  private final Book book;

  FieldController(Templates templates, Book book) {
    this.templates = templates;
    this.book = book;
  }

  @GetMapping("/new")
  ModelAndView begin(@PathVariable UUID template, @CurrentStaff StaffMember by) {
    return form(
        templates.get(template, by),
        Optional.empty(),
        FieldForm.empty(),
        Map.of(),
        null,
        HttpStatus.OK);
  }

  @PostMapping
  ModelAndView put(
      @PathVariable UUID template,
      @CurrentStaff StaffMember by,
      @ModelAttribute FieldForm typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return put(templates.get(template, by), Optional.empty(), typed, by, request, flash);
  }

  @GetMapping("/{field}/change")
  ModelAndView again(
      @PathVariable UUID template, @PathVariable UUID field, @CurrentStaff StaffMember by) {
    var form = templates.get(template, by);
    return form(
        form, Optional.of(field), FieldForm.of(form.field(field)), Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/{field}/change")
  ModelAndView change(
      @PathVariable UUID template,
      @PathVariable UUID field,
      @CurrentStaff StaffMember by,
      @ModelAttribute FieldForm typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return put(templates.get(template, by), Optional.of(field), typed, by, request, flash);
  }

  @PostMapping("/{field}/removal")
  ModelAndView remove(
      @PathVariable UUID template,
      @PathVariable UUID field,
      @CurrentStaff StaffMember by,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var refusal = templates.remove(template, field, by, request.getRemoteAddr());
    if (refusal.isPresent()) {
      var form = templates.get(template, by);
      return form(
          form,
          Optional.of(field),
          FieldForm.of(form.field(field)),
          Map.of(),
          Text.of("bulk.template.refusal." + refusal.get()),
          HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "bulk.field.removed");
    return new ModelAndView("redirect:/templates/" + template);
  }

  private ModelAndView put(
      Template template,
      Optional<UUID> instead,
      FieldForm typed,
      StaffMember by,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var field = typed.read(reader, template.document().pages());
    if (field.isEmpty()) {
      return form(template, instead, typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var refusal = templates.put(template.id(), field.get(), instead, by, request.getRemoteAddr());
    if (refusal.isPresent()) {
      return form(
          template,
          instead,
          typed,
          Map.of(),
          Text.of("bulk.template.refusal." + refusal.get()),
          HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "bulk.field.put");
    return new ModelAndView("redirect:/templates/" + template.id());
  }

  private ModelAndView form(
      Template template,
      Optional<UUID> instead,
      FieldForm typed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var path = "/templates/" + template.id();
    var here = path + "/fields" + instead.map(id -> "/" + id + "/change").orElse("");
    var heading = instead.isPresent() ? "bulk.field.change" : "bulk.field.new";
    return Screens.form(
        Form.of(
                book.of(heading),
                Screens.crumbs(
                    book,
                    book.crumb("bulk.templates", "/templates"),
                    new Crumb(template.name(), path),
                    book.crumb(heading, here)),
                here,
                typed.fields(wrong, book),
                "bulk.field.submit",
                path)
            .led(Text.of("bulk.field.lead"))
            .refused(refusal),
        status);
  }
}
