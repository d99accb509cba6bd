#include "widgets/formats/SchemasPage.h"

#include "base/Units.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/Prompts.h"
#include "widgets/style/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockeye {

SchemasPage::SchemasPage(Prompts &prompts, QWidget *parent)
    : QWidget(parent)
    , m_prompts(prompts)
    , m_list(new QListWidget(this))
    , m_count(new QLabel(this))
    , m_addFolder(new QPushButton(tr("Add &folder…"), this))
    , m_addFile(new QPushButton(tr("Add fi&le…"), this))
    , m_remove(new QPushButton(tr("&Remove"), this))
{
    auto *about = new QLabel(tr("Folders of .proto files, single ones, and descriptor sets (protoc "
                                "--descriptor_set_out). A rule names one of their message types: "
                                "protobuf:package.Type"),
                             this);
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    describe(m_list, tr("Schemas"), tr("Where the message types are described; Del takes one away"));
    auto *remove = new QAction(m_list);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(remove);
    m_count->setTextFormat(Qt::PlainText);
    m_count->setProperty("dim", true);
    describe(m_addFolder, tr("Add folder"), tr("Add a folder of .proto files, which import each other from there"));
    describe(m_addFile, tr("Add file"), tr("Add a .proto file or a descriptor set"));
    describe(m_remove, tr("Remove"), tr("Take it off the list (Del); the file stays"));
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_addFolder, m_addFile, m_remove}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    buttons->addWidget(m_count);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(theme::Gap);
    layout->addWidget(about);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
    connect(remove, &QAction::triggered, this, &SchemasPage::removeCurrent);
    connect(m_addFolder, &QPushButton::clicked, this, &SchemasPage::addFolder);
    connect(m_addFile, &QPushButton::clicked, this, &SchemasPage::addFile);
    connect(m_remove, &QPushButton::clicked, this, &SchemasPage::removeCurrent);
    connect(m_list, &QListWidget::currentRowChanged, this, &SchemasPage::updateButtons);
    updateButtons();
}

void SchemasPage::setPaths(const QStringList &paths)
{
    m_list->clear();
    m_list->addItems(paths);
    updateButtons();
}

QStringList SchemasPage::paths() const
{
    QStringList paths;
    for (int row = 0; row < m_list->count(); ++row)
        paths += m_list->item(row)->text();
    return paths;
}

void SchemasPage::setTypeCount(qsizetype count)
{
    m_count->setText(count == 0   ? QString()
                     : count == 1 ? tr("1 message type")
                                  : tr("%1 message types").arg(countText(count)));
}

void SchemasPage::add(const QString &path)
{
    if (!m_list->findItems(path, Qt::MatchExactly).isEmpty())
        return;
    m_list->addItem(path);
    m_list->setCurrentRow(m_list->count() - 1);
    Q_EMIT changed();
}

void SchemasPage::addFolder()
{
    m_prompts.openFolder(this, {tr("Folder of .proto files"), {}, {}, {}}, [this](const QString &path) { add(path); });
}

void SchemasPage::addFile()
{
    const FileRequest request{
        tr("Schema"), {}, tr("Schemas (*.proto *.pb *.desc *.protoset *.binpb);;All files (*)"), {}};
    m_prompts.openFile(this, request, [this](const QString &path) { add(path); });
}

void SchemasPage::removeCurrent()
{
    delete m_list->takeItem(m_list->currentRow());
    updateButtons();
    Q_EMIT changed();
}

void SchemasPage::updateButtons()
{
    m_remove->setEnabled(m_list->currentItem() != nullptr);
}

} // namespace sockeye
