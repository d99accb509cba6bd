#include "widgets/options/OptionsForm.h"

#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace sockeye {
namespace {

/// The same on every page, so that the fields do not jump when the page changes.
constexpr int LabelWidth = 168;

enum FormColumn { LabelColumn, FieldColumn, FormColumnCount };

} // namespace

OptionsForm::OptionsForm(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    // A QFormLayout would lay a sentence that is shown later over the row's field.
    m_layout->setContentsMargins(0, theme::Gap, theme::Gap, 0);
    m_layout->setVerticalSpacing(0);
    m_layout->setHorizontalSpacing(theme::Gap * 2);
    m_layout->setColumnMinimumWidth(LabelColumn, LabelWidth);
    m_layout->setColumnStretch(FieldColumn, 1);
}

void OptionsForm::addHeading(const QString &text)
{
    auto *heading = new QLabel(text, this);
    heading->setProperty("title", true);
    const int row = addGap(m_layout->count() > 0 ? theme::Gap * 2 : 0);
    m_layout->addWidget(heading, row, LabelColumn, 1, FormColumnCount);
}

QLabel *OptionsForm::addNote(const QString &text)
{
    auto *note = new QLabel(text, this);
    note->setProperty("dim", true);
    note->setWordWrap(true);
    m_layout->addWidget(note, addGap(theme::Gap), LabelColumn, 1, FormColumnCount);
    return note;
}

void OptionsForm::addRow(const QString &label, QWidget *field, const QString &note)
{
    // Before its label, which may have the same name: a search by name must find the field first.
    field->setParent(this);
    Row row;
    row.label = new QLabel(label, this);
    row.label->setBuddy(field);
    row.problem = new QLabel(this);
    row.problem->setTextFormat(Qt::PlainText);
    row.problem->hide();
    int line = addGap(theme::Gap);
    m_layout->addWidget(row.label, line, LabelColumn);
    const bool stretches = field->sizePolicy().horizontalPolicy() != QSizePolicy::Maximum;
    m_layout->addWidget(field, line, FieldColumn, stretches ? Qt::Alignment() : Qt::AlignLeft);
    if (!note.isEmpty()) {
        auto *text = new QLabel(note, this);
        text->setProperty("dim", true);
        addSentence(text, ++line);
    }
    addSentence(row.problem, ++line);
    m_rows.insert(field, row);
}

int OptionsForm::addGap(int height)
{
    const int row = m_layout->rowCount();
    m_layout->setRowMinimumHeight(row, height);
    return row + 1;
}

void OptionsForm::addSentence(QLabel *sentence, int row)
{
    sentence->setWordWrap(true);
    sentence->setContentsMargins(0, theme::Gap / 4, 0, 0);
    m_layout->addWidget(sentence, row, FieldColumn);
}

QWidget *OptionsForm::rowOf(QWidget *widget) const
{
    while (widget && !m_rows.contains(widget))
        widget = widget->parentWidget();
    return widget;
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
    row.problem->setText(problem);
    row.problem->setVisible(!problem.isEmpty());
    // The widget that gets the focus: a screen reader reads the problem there.
    QWidget *control = field->focusProxy() ? field->focusProxy() : field;
    setStyleRole(control, "error", row.hasError);
    control->setAccessibleDescription(problem);
}

bool OptionsForm::isValid() const
{
    return std::none_of(m_rows.cbegin(), m_rows.cend(), [](const Row &row) { return row.hasError; });
}

} // namespace sockeye
