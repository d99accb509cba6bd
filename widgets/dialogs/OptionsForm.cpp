#include "widgets/dialogs/OptionsForm.h"

#include "widgets/style/Role.h"
#include "widgets/style/Theme.h"

#include <QFormLayout>
#include <QLabel>

#include <algorithm>

namespace sockeye {
namespace {

/// The same on every page, so that the fields do not jump when the page changes.
constexpr int LabelWidth = 168;

} // namespace

void describe(QWidget *control, const QString &name, const QString &toolTip)
{
    control->setAccessibleName(name);
    control->setToolTip(toolTip);
}

OptionsForm::OptionsForm(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QFormLayout(this))
{
    m_layout->setContentsMargins(0, theme::Gap, theme::Gap, 0);
    m_layout->setVerticalSpacing(theme::Gap);
    m_layout->setHorizontalSpacing(theme::Gap * 2);
    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_layout->setLabelAlignment(Qt::AlignLeft);
}

void OptionsForm::addHeading(const QString &text)
{
    auto *heading = new QLabel(text, this);
    heading->setProperty("title", true);
    heading->setContentsMargins(0, m_layout->rowCount() > 0 ? theme::Gap : 0, 0, 0);
    m_layout->addRow(heading);
}

QLabel *OptionsForm::addNote(const QString &text)
{
    auto *note = new QLabel(text, this);
    note->setProperty("dim", true);
    note->setWordWrap(true);
    m_layout->addRow(note);
    return note;
}

void OptionsForm::addRow(const QString &label, QWidget *field, const QString &note)
{
    // Before its label, which may have the same name: who looks for a field by name finds the field first.
    field->setParent(this);
    Row row;
    row.label = new QLabel(label, this);
    row.label->setBuddy(field);
    row.label->setMinimumSize(LabelWidth, field->sizeHint().height());
    row.label->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    row.label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    row.problem = new QLabel(this);
    row.problem->setWordWrap(true);
    row.problem->setTextFormat(Qt::PlainText);
    row.problem->hide();
    auto *column = new QVBoxLayout;
    column->setSpacing(theme::Gap / 4);
    column->addWidget(field);
    if (!note.isEmpty()) {
        auto *text = new QLabel(note, this);
        text->setProperty("dim", true);
        text->setWordWrap(true);
        column->addWidget(text);
    }
    column->addWidget(row.problem);
    m_layout->addRow(row.label, column);
    m_layout->setAlignment(row.label, Qt::AlignLeft | Qt::AlignTop);
    m_rows.insert(field, row);
}

void OptionsForm::setRowEnabled(QWidget *field, bool enabled)
{
    field->setEnabled(enabled);
    m_rows.value(field).label->setEnabled(enabled);
}

void OptionsForm::setProblem(QWidget *field, const QString &problem, Weight weight)
{
    Row &row = m_rows[field];
    row.hasError = !problem.isEmpty() && weight == Weight::Error;
    setStyleRole(row.problem, "error", weight == Weight::Error);
    setStyleRole(row.problem, "warning", weight == Weight::Warning);
    setStyleRole(field, "error", row.hasError);
    row.problem->setText(problem);
    row.problem->setVisible(!problem.isEmpty());
    // A screen reader that comes to the field says what is wrong with it.
    field->setAccessibleDescription(problem);
}

bool OptionsForm::isValid() const
{
    return std::none_of(m_rows.cbegin(), m_rows.cend(), [](const Row &row) { return row.hasError; });
}

} // namespace sockeye
