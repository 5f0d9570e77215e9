const form = /^(\d{4}-\d{2}-\d{2})\s+(.+)$/;

function readTasks(text) {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter(Boolean).map((line) => {
    const found = form.exec(line);
    if (!found) throw new Error(`“${line}” does not begin with a day such as 2030-01-07.`);
    return { due: found[1], what: found[2] };
  });
}

function section(title, tasks) {
  const lines = tasks.map(({ due, what }) => `- ${what} (${due})`);
  return [`## ${title}`, ...(lines.length > 0 ? lines : ["Nothing."]), ""];
}

module.exports = ({ time, tasks: text }) => {
  const today = new Date(time * 1000).toISOString().slice(0, 10);
  const tasks = readTasks(text).sort((left, right) => left.due.localeCompare(right.due));
  const overdue = tasks.filter(({ due }) => due < today);
  console.log(`${tasks.length} tasks, ${overdue.length} of them overdue`);
  const report = [
    `# Report of ${today}`,
    "",
    ...section("Overdue", overdue),
    ...section(
      "Due today",
      tasks.filter(({ due }) => due === today),
    ),
    ...section("Next", tasks.filter(({ due }) => due > today).slice(0, 5)),
  ];
  return { report: report.join("\n"), overdue: overdue.length };
};
