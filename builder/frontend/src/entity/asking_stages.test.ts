import { expect, test } from "vitest";
import { foundedStages } from "./asking_stages";
import { calledAfter } from "./fields";

test("a stage field follows the pipeline that is made for it", () => {
  const entity = { label: "Visit", fields: { phase: { type: "stage", options: {} } } };
  const made = foundedStages({ key: "entity/visit", entity, field: "phase" }, "visit_pipeline", { en: "Visit pipeline" });
  expect(made["entity/visit"]).toMatchObject({ fields: { phase: { options: { pipelines: ["visit_pipeline"] } } } });
  expect(made["pipeline/visit_pipeline"]).toMatchObject({ entity: "visit", field: "phase", label: { en: "Visit pipeline" } });
});

test("what points to an entity is called as that is, by its plural where there are several", () => {
  const course = { label: { en: "Course", zh: "课程" }, plural: { en: "Courses", zh: "课程" } };
  expect(calledAfter("course", course, false)).toEqual({ name: "course", label: course.label });
  expect(calledAfter("course", course, true)).toEqual({ name: "courses", label: course.plural });
});
