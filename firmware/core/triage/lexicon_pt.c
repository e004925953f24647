/* lexicon_pt.c - built-in words, Portuguese. */
#include "core/triage/lexicon.h"
#include "core/triage/reason.h"
#include <stddef.h>

const struct phrase_group lexicon_pt[] = {
    {REASON_SAFETY, 60,
     "vou me matar|tirar minha vida|quero me matar|"
     "cheiro de queimado|saindo fumaca|saiu fumaca|curto circuito|poste caiu|caiu um poste|deu "
     "choque|tomou choque|tomei choque|motorista bebado|quase bateu|quase morremos|quase me "
     "matou|inconsciente|passando mal|esta sangrando|"
     "estupro|abuso sexual|assedio sexual|sequestro|me bateu|me bateram|a mao armada|"
     "perigo|em perigo|cheiro de gas|cheiro forte de gas|cheirando a gas|"
     "vazamento de gas|vazando gas|fuga de gas|cheira a gas|incendio|pegando fogo|pegou fogo|em "
     "chamas|a arder|explosao|explodiu|ferido|ferida|feridos|sangrando|ambulancia|"
     "bombeiros|me ameacou|me ameacaram|ameaca de morte|me matar|suicidio|quero morrer|fio "
     "caido|fios caidos|fio solto|fios soltos|cabo caido|faisca|faiscas|soltando faisca|fumaca|"
     "choque eletrico|levou um choque|levei um choque|reacao alergica|emergencia|e uma "
     "emergencia|emergencia medica|risco de vida|corre risco|preso no elevador|presa no elevador|"
     "presos no elevador|nao consegue respirar|nao respira|desmaiou|infarto|avc|convulsao|"
     "agrediu|agredida|agredido|assediou|alagado|alagamento|inundacao|intoxicado"},
    {REASON_SAFETY, 60,
     "cheirando muito a gas|cheirando gas|cheiro a gas|cheira muito a gas|cheirava a gas|cheirou a "
     "gas|cheiro de muito gas|muito cheiro de gas|cheiro forte a gas|cheirando forte a "
     "gas|escapando gas|escapamento de gas|cheira a queimado|cheirando a queimado|cheiro a "
     "queimado|cheiro de fumaca"},
    {REASON_SAFETY, 60, "sofri um acidente|houve um acidente|tive um acidente"},
    {REASON_SAFETY, 40, "acidente|perigoso|perigosa"},
    {REASON_MONEY_BLOCKED, 45,
     "todo meu dinheiro|todo o meu dinheiro|meu cartao nao funciona|meu cartao nao passa|nao "
     "consigo fazer pix|nao consigo transferir|pix nao funciona|nao caiu meu salario|nao consigo "
     "pagar o aluguel|nao consigo comprar comida|"
     "nao consigo acessar meu dinheiro|nao consigo sacar|nao consigo levantar dinheiro|nao consigo "
     "pagar|sem dinheiro|engoliu meu cartao|engoliu o meu cartao|meu salario nao|salario nao caiu|"
     "cobraram duas vezes|me cobraram duas vezes|cobraram em dobro|cobranca em dobro|cobrado duas "
     "vezes|cobranca duplicada|quero meu dinheiro|quero o meu dinheiro|cade meu dinheiro|onde esta "
     "meu dinheiro|devolvam meu dinheiro|devolvam o meu dinheiro|pix nao caiu|pix nao chegou|"
     "transferencia nao caiu|transferencia nao chegou|dinheiro retido|dinheiro preso|dinheiro "
     "sumiu|estorno"},
    {REASON_MONEY_BLOCKED, 45,
     "perdi meu cartao|perdi o cartao|perdi o meu cartao|perdi os cartoes|perdi meus "
     "cartoes|perdeu o cartao|perdeu meu cartao|perdeu seu cartao|perdemos o cartao|perda de "
     "cartao|perda do cartao|perda do meu cartao|cartao perdido|meu cartao sumiu|nao acho meu "
     "cartao|nao encontro meu cartao|nao encontro o cartao|esqueci meu cartao|esqueci o "
     "cartao|perdi minha carteira|perdi a carteira|perdi a minha carteira"},
    {REASON_FRAUD, 50,
     "roubaram minha carteira|roubaram a minha carteira|roubaram a carteira|roubaram o "
     "cartao|roubaram o meu cartao|cartao roubado|cartao furtado|furtaram meu cartao|furtaram "
     "minha carteira|levaram meu cartao|levaram minha carteira|roubo do cartao|roubo de cartao|fui "
     "assaltado|fui assaltada"},
    {REASON_FRAUD, 50,
     "cartao foi clonado|clonado|clonada|clonou|foi hackeada|foi hackeado|invadiram minha "
     "conta|conta invadida|conta foi invadida|que nao reconheco|usaram meu cartao|estao usando meu "
     "cartao|se passando por|"
     "fraude|fraudes|golpe|golpes|golpista|golpistas|burla|cai em um golpe|me roubaram|fui "
     "roubado|fui roubada|roubaram meu cartao|roubaram meu celular|fui hackeado|fui hackeada|"
     "hackearam|hackeado|clonaram meu cartao|clonaram|cartao clonado|compra que nao fiz|compras "
     "que nao fiz|compra que eu nao fiz|nao reconheco|nao fiz essa compra|phishing|cobranca "
     "indevida|cobrancas indevidas|transacao suspeita|transferencia que nao fiz|sem minha "
     "autorizacao|roubo de identidade"},
    {REASON_STRANDED, 50,
     "nao tenho onde dormir|sem ter onde dormir|no aeroporto desde|perdi o aviao|perdemos o "
     "voo|cancelaram todos os voos|sem poder viajar|"
     "preso no aeroporto|presa no aeroporto|presos no aeroporto|parado no aeroporto|parados no "
     "aeroporto|retido no aeroporto|retidos no aeroporto|abandonados no aeroporto|sem hotel|sem "
     "hospedagem|dormindo no aeroporto|dormir no aeroporto|nao me deixaram embarcar|nao nos "
     "deixaram embarcar|impedido de embarcar|impedida de embarcar|meu voo sai em|meu voo e em|"
     "parado na estrada|quebrado na estrada|sem ter como voltar|nao consigo voltar para casa"},
    {REASON_DEADLINE, 30,
     "urgente|urgentemente|urgencia|com urgencia|urgentissimo|hoje mesmo|vence hoje|vence amanha|"
     "ultimo dia|hoje e o ultimo dia|para hoje|pra hoje|preciso hoje|preciso para hoje|agora "
     "mesmo|o quanto antes|quanto antes|imediatamente|de imediato|viajo amanha|viajo hoje|viajo "
     "hoje a noite|esta noite|o mais rapido possivel|em uma hora|em duas horas|em meia hora|daqui "
     "a pouco|antes das|ate hoje|prazo|embarco amanha|embarco hoje"},
    {REASON_VULNERABLE, 45,
     "gravida|gestante|deficiente|deficiencia|pcd|cadeira de rodas|cadeirante|mobilidade reduzida|"
     "idoso|idosa|idosos|minha avo|meu avo|bebe|bebes|recem nascido|recem nascida|filho doente|"
     "filha doente|mae doente|pai doente|esta doente|oxigenio|insulina|diabetico|diabetica|"
     "remedio|remedios|medicamento|medicamentos|quimioterapia|cancer|cirurgia|hospital|internado|"
     "internada|hemodialise|respirador|autista|cego|cega|surdo|surda|"
     "de 80 anos|de 82 anos|de 85 anos|de 87 anos|de 90 anos|tem 80 anos|tem 82 anos|tem 83 "
     "anos|tem 85 anos|tem 87 anos|tem 90 anos"},
    {REASON_OUTAGE, 30,
     "faltando luz|faltando agua|acabou a energia|caiu a internet|internet caiu|caiu a "
     "energia|cortaram a luz|cortaram minha luz|cortaram a agua|cortaram minha internet|cortaram "
     "minha linha|"
     "fora do ar|caiu|caiu o sistema|sistema caiu|sem servico|sem internet|sem luz|sem energia|"
     "sem energia eletrica|sem sinal|sem agua|sem gas|sem sistema|sem conexao|sem wifi|sem "
     "telefone|sem linha|nao tenho internet|estou sem internet|nao tem luz|nao tem internet|nao "
     "tem sinal|nao tem agua|acabou a luz|faltou luz|falta de luz|falta de energia|falta de agua|"
     "app fora|aplicativo fora|nao consigo entrar|nao consigo acessar|nao consigo logar|nao "
     "consigo aceder|app nao funciona|aplicativo nao funciona|aplicativo nao abre|app nao abre|"
     "site nao abre|site nao funciona|nao carrega|instabilidade|queda de energia|apagao|tudo fora "
     "do ar|tudo parado|sistema indisponivel|indisponivel"},
    {REASON_OUTAGE, 30,
     "parou de funcionar o aplicativo|aplicativo parou de funcionar|app parou de funcionar|site "
     "parou de funcionar|internet parou de funcionar|sem acesso|perdi o acesso|perdi acesso|nao "
     "tenho acesso|fiquei sem acesso|as escuras|no escuro"},
    {REASON_WAITING, 20,
     "ha dias|ha semanas|ha meses|ha mais de|faz dias|faz semanas|faz meses|faz uma semana|faz um "
     "mes|estou ha"},
    {REASON_REPEAT, 20,
     "continuo sem|continuamos sem|continua sem|continuo "
     "esperando|continuo aguardando|ainda sem|ate agora nada|ate agora nao|ninguem "
     "responde|ninguem me responde|ninguem atende|ninguem me atende|ninguem resolve|ninguem "
     "ajuda|nao respondem|nao me respondem|nao atendem|sem resposta|sem retorno|sem solucao|"
     "terceira vez|segunda vez|quarta vez|quinta vez|milesima vez|varias vezes|mil vezes|tres "
     "vezes|ja liguei|ja falei|ja reclamei|ja mandei|ja abri|ja tentei|todo dia|todos os "
     "dias|quantas vezes|nao resolvem|nao resolveram|sempre a mesma coisa|protocolo|protocolos|"
     "me ignoram|ignorado|ignorada"},
    {REASON_REPEAT, 10, "de novo|outra vez|novamente|mais uma vez"},
    {REASON_WAITING, 15,
     "ate quando|quanto tempo mais|esperando ha|horas esperando|horas de espera|aguardando|"
     "aguardo resposta|estou esperando|estou a espera|quando vao|na fila|na espera|horas de "
     "atraso"},
    {REASON_ANGER, 20,
     "pessimo|pessima|pessimos|horrivel|horriveis|terrivel|vergonha|que vergonha|uma vergonha|"
     "vergonhoso|vergonhosa|incompetentes|incompetente|incompetencia|ladroes|ladrao|lixo|nojo|"
     "nojento|merda|porra|caralho|cacete|puta|fdp|droga|inutil|inuteis|absurdo|um absurdo|"
     "ridiculo|ridicula|ridiculos|inaceitavel|inadmissivel|falta de respeito|descaso|palhacada|"
     "palhacos|cansado de|cansada de|de saco cheio|farto|farta|revoltado|revoltada|revoltante|"
     "indignado|indignada|indignacao|pior|o pior|a pior|os piores|lamentavel|desrespeito|"
     "decepcionado|decepcionada|decepcao|decepcionante|desastre|mentirosos|mentira|mentem|bosta|"
     "odeio|raiva|odio|enganacao|enganado|enganada|roubo|um roubo|pesadelo|inferno|caos|vexame|"
     "idiotas|imbecis|safados|sem vergonha|uma piada|que piada"},
    {REASON_LEAVING, 30,
     "cancelar minha conta|cancelar a minha conta|cancelar meu plano|cancelar o plano|cancelar o "
     "servico|cancelar minha assinatura|cancelar o contrato|encerrar minha conta|encerrar a minha "
     "conta|fechar minha conta|fechar a conta|vou mudar de|mudar de banco|trocar de banco|trocar "
     "de operadora|mudar de operadora|vou trocar|nunca mais|perderam um cliente|perderam uma "
     "cliente|vao perder um cliente|menos um cliente|portabilidade|vou cancelar|quero cancelar|"
     "cancelar tudo|vou para a concorrencia|vou pra concorrencia|nao recomendo|nao volto mais|"
     "ultima vez que"},
    {REASON_REGULATOR, 40,
     "procon|reclame aqui|anatel|aneel|anac|anacom|bacen|banco central|consumidor gov|na "
     "justica|justica|processar|vou processar|processo judicial|advogado|advogada|juizado|"
     "pequenas causas|acao judicial|medidas legais|tribunal|denunciar|denuncia|vou denunciar|"
     "ministerio publico|deco|livro de reclamacoes|na imprensa|para a imprensa|policia"},
    {REASON_PROBLEM, 10,
     "nao me funciona|nao funcionava|nao ta funcionando|nao esta a funcionar|tambem nao "
     "funciona|parou de funcionar|pararam de funcionar|deixou de funcionar|nao liga|nao pega|nao "
     "acende|nao conecta|nao carrega|nao "
     "anda|trincado|trincada|rachado|rachada|estragado|estragada|riscado|riscada|com defeito|perdi "
     "meu|perdi minha|perdi o|perdi a|perdi os|perdi as|perdi meus|perdi minhas|perdemos|esqueci "
     "minha|esqueci meu|esqueci a|esqueci o|esqueci|veio alta|veio muito alta|veio muito alto|veio "
     "alto|veio mais cara|conta alta|compra estranha|cobranca estranha|valor errado|valor "
     "estranho|nao entendi|nao entendo|endereco antigo|endereco errado|entregue errado|produto "
     "trocado|produto errado|veio trocado|veio errado|veio errada|trocado|nao apareceu|nao "
     "apareceram|nao veio|nao vieram|nao compareceu|grossa comigo|grosso "
     "comigo|grosseiro|grosseira|grosseria|mal educado|mal educada|gritou comigo|me tratou mal|me "
     "trataram mal|muito lenta|muito lento"},
    {REASON_PROBLEM, 10,
     "nao funciona|nao funcionam|nao esta funcionando|nao consigo|nao consegui|nao conseguimos|nao "
     "chegou|nao chega|nao recebi|nao recebo|nao entregaram|nao foi entregue|problema|problemas|"
     "erro|erros|falha|falhas|defeito|reclamacao|reclamar|reclamacoes|cobraram|cobranca|"
     "cobrancas|cobrado|errado|errada|atraso|atrasos|atrasado|atrasada|atrasou|demora|demorando|"
     "demorado|perdido|perdida|perderam|extraviada|extraviaram|extraviado|quebrado|quebrada|"
     "danificado|danificada|recusado|recusada|recusaram|bloqueado|bloqueada|suspenso|suspenderam|"
     "cortaram|cancelado|cancelada|cancelaram|lento|lenta|lentidao|travando|travado|trava|nao "
     "aparece|nao abre|nao caiu|nao deixa|nao responde|mal atendido|mal atendida|pessimo "
     "atendimento|mau atendimento|reembolso|sem mala|sem minha mala|sem bagagem|nao resolvido|"
     "nao funcionou|nao carrega|nao entra|impossivel"},
    {REASON_QUESTION, 9, "por que|porque nao|por que nao"},
    {REASON_QUESTION, 8,
     "como faco|como posso|como eu|como que|como funciona|como|onde fica|onde posso|onde esta|"
     "onde|quando|quanto custa|quanto|quantos|preciso|preciso de|preciso que|precisamos|quero "
     "saber|quero|queria|gostaria de|gostaria|podem|podem me|pode me|poderia|poderia me|poderiam|"
     "voces podem|voce pode|consegue me|conseguem|alguem pode|alguem sabe|qual|quais|tem como|tem "
     "algum|tem alguma|e possivel|seria possivel|duvida|duvidas|uma "
     "duvida|uma pergunta|informacao|informacoes|queria saber|me ajuda|me ajudem|me informem|me "
     "digam|me respondam|respondam|resolvam|solucao|solicito|por favor|pfv|favor|sera que|o que "
     "faco|o que devo|que horas|a que horas|quem pode|aguardo retorno|aguardo"},
    {REASON_QUESTION, 8,
     "ve se|veja se|vejam se|vamos ver se|ver se|horario|horarios|horario da|horario "
     "de|remarcar|desmarcar|marcar consulta|marcar horario|reagendar|agendar|segunda via|meu "
     "reembolso"},
    {GROUP_OPENER, 8,
     "tem|posso|pode|aceitam|fazem|vendem|abrem|fecham|existe|entregam|da para|da pra|sabem|mudar|"
     "cancelar|ativar|bloquear|desbloquear|solicitar|consultar|devolver|reservar|comprar|atualizar|"
     "mandem|enviem|confirmem|expliquem|digam|mostrem"},
    {GROUP_HELP, 10,
     "ajuda|socorro|por favor ajuda|preciso de ajuda|ajudem|me ajudem|ajude|help|sos"},
    {REASON_CALM, -25,
     "nao e urgente|nao e nada urgente|nao e emergencia|nao e uma emergencia|sem pressa|sem "
     "urgencia|nao tenho pressa|nao ha pressa|quando puderem|quando puder|ja resolvi|ja foi "
     "resolvido|ja resolveram|ja esta resolvido|ja esta tudo certo|resolvido|solucionado|ja "
     "funciona|ja esta funcionando|voltou a funcionar|voltou|ja voltou|a luz voltou|ja chegou|ja "
     "tenho luz|ja tenho internet|sem problemas|sem problema|nenhum problema|"
     "tudo certo|tudo bem|nao tenho problema|nao tive problemas|alarme falso"},
    {REASON_SARCASM, 10,
     "obrigado por nada|obrigada por nada|parabens por nada|parabens pelo pessimo|parabens pelo "
     "descaso|que maravilha de|como sempre|pra variar|para variar|grande servico|otimo servico so "
     "que nao|so que nao|que surpresa|que novidade|obrigado por cancelar|obrigado por me deixar|"
     "obrigada por me deixar|parabens aos envolvidos|belo servico|bela merda"},
    {REASON_PRAISE, 0,
     "que maravilha|excelente|excelentes|otimo|otima|otimos|otimo atendimento|excelente "
     "atendimento|parabens|"
     "parabens pelo atendimento|adorei|amei|adoro|muito bom|muito boa|maravilhoso|maravilhosa|"
     "perfeito|perfeita|incrivel|sensacional|espetacular|fantastico|fantastica|recomendo|"
     "super recomendo|o melhor|a melhor|os melhores|nota dez|nota 10|show|show de bola|top|"
     "sucesso|atenciosos|atencioso|atenciosa|muito feliz|satisfeito|satisfeita|de parabens|bom "
     "trabalho|bom atendimento|impecavel|nota mil|gentis|muito simpaticos|eficiente|eficientes"},
    {GROUP_THANKS, 2,
     "pela ajuda|por me ajudar|por ajudar|pela atencao|pelo apoio|pela resposta|pelo retorno|"
     "obrigado novamente|obrigado de novo|obrigado|obrigada|muito obrigado|muito obrigada|mto "
     "obrigado|obg|obgd|valeu|vlw|brigado|"
     "brigada|agradeco|agradecido|agradecida|grato|grata|obrigado pela ajuda|obrigada pela "
     "ajuda|obrigado pela resposta|obrigado pelo retorno|obrigada pelo retorno|thanks|gracias"},
    {GROUP_THANKS, 1,
     "ok|beleza|certo|entendi|entendido|combinado|blz|abraco|abracos|perfeito|tudo bem|ta "
     "bom|ta bem|esta bem|show|legal|anotado|ate mais|de nada|bom dia|boa tarde|boa noite"},
    {GROUP_NEGATION, 0, "ja nao|ja nao estou|nao estou mais"},
    {GROUP_NEGATION, 2,
     "nao|sem|nunca|jamais|nem|nada|ninguem|nenhum|nenhuma|tampouco|nao esta|nao e|nao tem"},
    {GROUP_NEGATION, 2,
     "nao ha|nao era|nao foi|nao houve|nao havia|nao sao|ja nao ha|nao "
     "tem mais|nao ha mais"},
    {GROUP_PLAIN, 0,
     "nao sei se|nao sei|nao sabemos se|nao so|nao apenas|sem duvida|com certeza|nada mais|de "
     "nada|boa tarde|mais tarde|saida de "
     "emergencia|sem falta|seguro de vida|ate hoje nunca|sem custo|fogos de artificio"},
    {GROUP_BREAK, 0, "e|mas|porque|porem|entao|que|embora|ou"},
    {GROUP_SELF, 0,
     "eu|me|meu|minha|meus|minhas|comigo|nos|nosso|nossa|voce|voces|vc|vcs|seu|sua|seus|suas|"
     "estou|tenho|quero|preciso|consigo"},
    {GROUP_NEGATIVE, 3,
     "mal|mau|ruim|ruins|triste|chateado|chateada|caro|cara|dificil|espera|esperando|esperar|"
     "perdi|perder|horas|greve|mentiras|enrolando|enrolacao|pena|preocupado|preocupada|culpa|"
     "desculpas|injusto|multa|abandono|desisto|piora|piorou|serio|poxa|afe|affs"},
    {GROUP_NEGATIVE, 1, "ainda|ate|dias|semanas|meses|vezes|telefone|resolver|porque|mala|bagagem"},
    {GROUP_POSITIVE, 3,
     "nao tenho do que reclamar|nada a reclamar|sem reclamacoes|nao posso reclamar|"
     "feliz|felizes|gostei|gosto|lindo|linda|bonito|amor|contente|amando|orgulho|sorte|vitoria|"
     "delicia|aniversario|gratis|viva|eba|uhul|rapido|rapida|facil|agil|pontual|simpatica|"
     "simpatico|educado|educada"},
    {GROUP_POSITIVE, 2, "bom|boa|bons|boas|bem|melhor|legal|novo|nova|finalmente|kkk|kkkk|haha"},
    {REASON_SPAM, 2,
     "ganhe dinheiro|ganhar dinheiro em casa|trabalhe em casa|renda extra|link na bio|seguidores "
     "gratis|emprestimo rapido|emprestimo na hora|lucro garantido|me chama no whatsapp|dobre seu "
     "dinheiro|compre seguidores|clique no link e ganhe|amarracao amorosa"},
    {REASON_SPAM, 1,
     "sigam|sorteio|compre agora|clique aqui|clique no link|bitcoin|criptomoedas|desconto "
     "especial|cupom|aproveite|so hoje|frete gratis|nao perca|inscreva se|vagas limitadas"},
    {REASON_NEWS, 2, "ultima hora|plantao|ultimas noticias"},
    {REASON_NEWS, 2,
     "resultados trimestrais|resultados do trimestre|lucro liquido|lucro recorde|anuncia "
     "resultados|divulga resultados"},
    {REASON_NEWS, 1,
     "noticia|noticias|segundo informa|anuncia|anunciou|comunicado|acoes da|bolsa|"
     "lanca|lucro|trimestre|bilhoes|milhoes|governo|ministro|via|entrevista|urgente brasil|"
     "diz jornal|sindicato"},
    {0, 0, NULL},
};
