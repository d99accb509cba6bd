#include "widgets/help/HelpDialog.h"

#include "widgets/controls/Describe.h"
#include "widgets/help/HelpPages.h"
#include "widgets/style/Theme.h"

#include <QAction>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace sockeye {
namespace {

constexpr QSize PreferredSize(860, 620);
constexpr int FileRole = Qt::UserRole;

} // namespace

HelpDialog::HelpDialog(QWidget *parent)
    : QDialog(parent)
    , m_pages(new QListWidget(this))
    , m_text(new QTextBrowser(this))
    , m_find(new QLineEdit(this))
    , m_found(new QLabel(this))
{
    setWindowTitle(tr("Help"));
    setAccessibleName(windowTitle());
    resize(PreferredSize);
    build();
    connect(m_pages, &QListWidget::currentRowChanged, this, &HelpDialog::showCurrent);
    connect(m_text, &QTextBrowser::anchorClicked, this, &HelpDialog::follow);
    connect(m_find, &QLineEdit::textEdited, this, [this] { findNext(true); });
    connect(m_find, &QLineEdit::returnPressed, this, [this] { findNext(false); });
    m_pages->setCurrentRow(0);
}

void HelpDialog::build()
{
    describe(m_pages, tr("Help pages"), tr("What there is to read"));
    m_pages->ensurePolished();
    for (const HelpPage &page : HelpPages::all()) {
        auto *item = new QListWidgetItem(page.title, m_pages);
        item->setData(FileRole, page.file);
    }
    m_pages->setFixedWidth(m_pages->sizeHintForColumn(0) + theme::Gap * 4);
    m_text->setAccessibleName(tr("Help page"));
    m_text->setOpenLinks(false);
    describe(m_find, tr("Find on this page"), tr("Words to find on this page (Ctrl+F); Return goes to the next"));
    m_find->setPlaceholderText(tr("Find on this page"));
    m_find->setClearButtonEnabled(true);
    m_found->setTextFormat(Qt::PlainText);
    auto *find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    addAction(find);
    connect(find, &QAction::triggered, this, [this] {
        m_find->setFocus(Qt::ShortcutFocusReason);
        m_find->selectAll();
    });

    auto *pages = new QHBoxLayout;
    pages->setSpacing(theme::Gap);
    pages->addWidget(m_pages);
    pages->addWidget(m_text, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(theme::Gap);
    foot->addWidget(m_find, 1);
    foot->addWidget(m_found, 1);
    foot->addWidget(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addLayout(pages, 1);
    layout->addLayout(foot);
    // Return in the field goes to the next place; it closes nothing.
    for (QAbstractButton *button : buttons->buttons())
        static_cast<QPushButton *>(button)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void HelpDialog::showPage(const QString &file)
{
    for (int row = 0; row < m_pages->count(); ++row) {
        if (m_pages->item(row)->data(FileRole) == file)
            m_pages->setCurrentRow(row);
    }
}

void HelpDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    // Links have their colour in the text.
    if (event->type() == QEvent::PaletteChange)
        showCurrent();
}

void HelpDialog::showCurrent()
{
    const QListWidgetItem *item = m_pages->currentItem();
    if (!item)
        return;
    m_text->setMarkdown(HelpPages::markdown(item->data(FileRole).toString()));
    m_text->moveCursor(QTextCursor::Start);
    m_found->clear();
}

void HelpDialog::follow(const QUrl &link)
{
    if (link.isRelative())
        showPage(link.fileName());
    else if (link.scheme() == u"https")
        QDesktopServices::openUrl(link);
}

void HelpDialog::findNext(bool fromHere)
{
    const QString words = m_find->text();
    QTextCursor from = m_text->textCursor();
    if (fromHere)
        from.setPosition(from.selectionStart());
    QTextCursor found = m_text->document()->find(words, from);
    if (found.isNull())
        found = m_text->document()->find(words);
    m_found->setText(words.isEmpty() || !found.isNull() ? QString() : tr("Not on this page"));
    m_find->setAccessibleDescription(m_found->text());
    if (found.isNull())
        found = QTextCursor(m_text->document());
    m_text->setTextCursor(found);
}

} // namespace sockeye
