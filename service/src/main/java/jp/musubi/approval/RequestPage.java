package jp.musubi.approval;

import java.util.List;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;

/**
 * 承認を求める: the route it will take, and what was decided about it.
 *
 * @param back to the review
 */
record RequestPage(
    String path,
    String back,
    String title,
    List<Crumb> crumbs,
    String route,
    List<ApprovalPage.StepLine> steps,
    List<Fact> facts,
    List<Field> fields,
    String key,
    int version,
    String document) {}
