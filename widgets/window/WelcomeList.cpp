#include "widgets/window/WelcomeList.h"

#include "widgets/controls/ElidedLabel.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockeye {

WelcomeList::WelcomeList(const QString &heading, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    setAccessibleName(name);
    auto *label = new QLabel(heading, this);
    label->setAccessibleName(name);
    label->setProperty("heading", true);
    // In line with the words of the lines below.
    label->setContentsMargins(theme::Gap, 0, 0, theme::Gap / 2);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(label);
    hide();
}

void WelcomeList::setLines(const QList<Line> &lines)
{
    if (m_lines == lines)
        return;
    m_lines = lines;
    // The heading stays in the layout.
    while (QLayoutItem *old = m_layout->takeAt(1)) {
        // Deleted later, because this may be called while the button handles a click.
        old->widget()->hide();
        old->widget()->deleteLater();
        delete old;
    }
    int factsWidth = 0;
    int ageWidth = 0;
    for (const Line &line : lines) {
        factsWidth = qMax(factsWidth, fontMetrics().horizontalAdvance(line.facts));
        ageWidth = qMax(ageWidth, fontMetrics().horizontalAdvance(line.age));
    }
    for (const Line &line : lines)
        m_layout->addWidget(makeLine(line, factsWidth, ageWidth));
    setVisible(!lines.isEmpty());
}

QWidget *WelcomeList::makeLine(const Line &line, int factsWidth, int ageWidth)
{
    auto *button = new QPushButton(this);
    button->setProperty("flat", true);
    QStringList said{line.name};
    for (const QString &words : {line.age, line.facts}) {
        if (!words.isEmpty())
            said += words;
    }
    button->setAccessibleName(said.join(QStringLiteral(", ")));
    button->setToolTip(plainToolTip(line.toolTip.isEmpty() ? line.name : line.toolTip));
    auto *row = new QHBoxLayout(button);
    row->setContentsMargins(theme::Gap, 0, theme::Gap, 0);
    row->setSpacing(theme::Gap * 2);
    auto *name = new ElidedLabel(button);
    name->setText(line.name);
    name->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    row->addWidget(name, 1);
    const auto add = [button, row](const QString &words, int width, Qt::Alignment side) {
        if (width == 0)
            return;
        auto *label = new QLabel(words, button);
        label->setTextFormat(Qt::PlainText);
        label->setProperty("dim", true);
        label->setAlignment(Qt::AlignVCenter | side);
        label->setMinimumWidth(width);
        row->addWidget(label);
    };
    add(line.facts, factsWidth, Qt::AlignLeft);
    add(line.age, ageWidth, Qt::AlignRight);
    button->setMinimumHeight(theme::RowHeight + theme::Gap / 2);
    connect(button, &QPushButton::clicked, this, [this, id = line.id] { Q_EMIT chosen(id); });
    return button;
}

} // namespace sockeye
