#include "widgets/controls/PathField.h"

#include "widgets/controls/Prompts.h"
#include "widgets/style/Theme.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace sockeye {

PathField::PathField(Mode mode, const QString &name, Prompts &prompts, QWidget *parent)
    : QWidget(parent)
    , m_mode(mode)
    , m_prompts(prompts)
    , m_edit(new QLineEdit(this))
    , m_title(name)
{
    m_edit->setAccessibleName(name);
    const bool isFolder = mode == Mode::Folder;
    m_edit->setToolTip((isFolder ? tr("%1: its path") : tr("%1: the path of the file")).arg(name));
    auto *button = new QPushButton(tr("Browse…"), this);
    button->setAutoDefault(false);
    button->setAccessibleName(tr("Browse: %1").arg(name));
    button->setToolTip(isFolder ? tr("Choose the folder") : tr("Choose the file"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_edit, 1);
    layout->addWidget(button);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &PathField::pathChanged);
    connect(m_edit, &QLineEdit::editingFinished, this, &PathField::editingFinished);
    connect(button, &QPushButton::clicked, this, &PathField::browse);
}

QString PathField::path() const
{
    return QDir::fromNativeSeparators(m_edit->text().trimmed());
}

void PathField::setPath(const QString &path)
{
    m_edit->setText(QDir::toNativeSeparators(path));
}

void PathField::setPlaceholder(const QString &text)
{
    m_edit->setPlaceholderText(text);
}

void PathField::setRequest(const QString &title, const QString &filter, const QString &suffix)
{
    m_title = title;
    m_filter = filter;
    m_suffix = suffix;
}

void PathField::browse()
{
    const FileRequest request{m_title, path(), m_filter, m_suffix};
    const auto take = [this](const QString &chosen) {
        m_chosen = chosen;
        setPath(chosen);
        Q_EMIT editingFinished();
    };
    switch (m_mode) {
    case Mode::Open:
        m_prompts.openFile(this, request, take);
        break;
    case Mode::Save:
        m_prompts.saveFile(this, request, take);
        break;
    case Mode::Folder:
        m_prompts.openFolder(this, request, take);
        break;
    }
}

} // namespace sockeye
